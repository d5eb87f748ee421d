// XXH3, the checksum of log records: the Swift side is Sources/LMDB/Checksum.swift.
#pragma once
#include <xxhash.h>
