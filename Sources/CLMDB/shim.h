// LMDB's C API, and nothing else: the Swift side is Sources/LMDB.
#pragma once
#include <lmdb.h>
