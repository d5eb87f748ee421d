// The floor under every figure: the same bytes through LMDB's C API, with nothing around it. Default flags, so a commit
// returns once it is on the disk.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// Appends `count` values, the one at position i having sizes[i % size_count] bytes, `per_commit` to a commit; if `fresh`, to an
/// empty table, else to what is in `dir`.
/// - Returns: seconds
double baseline_append(const char *dir, const uint32_t *sizes, uint64_t size_count, uint64_t count, uint64_t per_commit, int fresh);

/// Visits every value in order and reads its first `header_bytes`.
/// - Returns: seconds
double baseline_scan(const char *dir, size_t header_bytes, uint64_t *events);

/// Gets `per_stream` values at random positions, all of their bytes read, `streams` times.
/// - Returns: seconds
double baseline_gets(const char *dir, uint64_t streams, uint64_t per_stream);
