// ThreadSanitizer knows of a lock what it sees. Of Swift's `Mutex` it sees the way on which nobody waits, which is inlined; the
// other way is in a library that is not instrumented, so that whatever two threads do one after the other under a contended
// lock looks like a race. This library is preloaded and says what happens there.
//
// The functions are methods of `Synchronization._MutexHandle`; their names are part of the ABI of Swift.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

#define METHOD __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *self
#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

// Of the sanitizer's runtime; not there in processes without it.
extern void __tsan_acquire(void *address) __attribute__((weak));
extern void __tsan_release(void *address) __attribute__((weak));

METHOD void lock_slow(uint32_t thread, SELF) __asm__(LOCK);
METHOD void unlock_slow(SELF) __asm__(UNLOCK);

METHOD void lock_slow(uint32_t thread, SELF) {
  ((METHOD void (*)(uint32_t, SELF))dlsym(RTLD_NEXT, LOCK))(thread, self);
  if (__tsan_acquire) __tsan_acquire(self);
}

METHOD void unlock_slow(SELF) {
  if (__tsan_release) __tsan_release(self);
  ((METHOD void (*)(SELF))dlsym(RTLD_NEXT, UNLOCK))(self);
}
