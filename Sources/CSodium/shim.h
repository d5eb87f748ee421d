// Argon2id: the Swift side is Sources/Argon2.
#pragma once
#include <sodium.h>
