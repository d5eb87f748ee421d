#define _GNU_SOURCE
#include "faultshim.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

// The real calls are made with syscall(2): nothing has to be looked up, and no hook can call another.

enum class { CLASS_WRITE, CLASS_META, CLASS_SYNC, CLASS_TRUNCATE, CLASS_RENAME, CLASS_REMOVE, CLASS_OPEN, CLASS_MMAP, CLASS_CHANGE, CLASS_COUNT };
static const char *const class_names[CLASS_COUNT] = {"write", "meta", "sync", "truncate", "rename", "remove", "open", "mmap", "change"};

/// What stands in the trace before the data. The reader is Tests/FaultTests/Trace.swift.
struct entry {
  uint32_t kind;
  uint32_t is_synced;
  uint64_t inode;
  uint64_t offset;
  uint32_t length, second_length;
};
enum kind { KIND_CREATE = 1, KIND_MKDIR, KIND_WRITE, KIND_TRUNCATE, KIND_SYNC, KIND_RENAME, KIND_UNLINK, KIND_SAY };

enum outcome { REAL = 0, SHORT = -1, LIE = -2 };  // above 0: an error number

#define DESCRIPTORS 4096
static struct { char *path; int is_synced; } watched[DESCRIPTORS];

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static const char *folder, *full;
static size_t folder_length;
static int trace = -1;
static long counts[CLASS_COUNT];
static int fail_class = -1, fail_outcome;
static long fail_index, kill_index;
static int kills_after, kills_within;
static int syncs_nothing;

static void prepare(void) {
  const char *text;
  folder = getenv("FAULT_FOLDER");
  folder_length = folder ? strlen(folder) : 0;
  full = getenv("FAULT_FULL");
  syncs_nothing = (text = getenv("FAULT_SYNC")) && !strcmp(text, "none");
  if ((text = getenv("FAULT_TRACE"))) trace = (int)syscall(SYS_openat, AT_FDCWD, text, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if ((text = getenv("FAULT_FAIL"))) {
    for (int class = 0; class < CLASS_COUNT; class++) {
      size_t length = strlen(class_names[class]);
      if (strncmp(text, class_names[class], length) || text[length] != ':') continue;
      char *end;
      fail_class = class;
      fail_index = strtol(text + length + 1, &end, 10);
      fail_outcome = !strcmp(end, ":short") ? SHORT : !strcmp(end, ":lie") ? LIE : (int)strtol(end + 1, NULL, 10);
    }
  }
  if ((text = getenv("FAULT_KILL"))) {
    kills_after = !strncmp(text, "after:", 6);
    kills_within = !strncmp(text, "within:", 7);
    kill_index = strtol(strchr(text, ':') + 1, NULL, 10);
  }
}

static void enter(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, prepare);
  pthread_mutex_lock(&mutex);
}

/// Gives back `result` with the error number as the call left it.
static long leave(long result) {
  int error = errno;
  pthread_mutex_unlock(&mutex);
  errno = error;
  return result;
}

__attribute__((destructor)) static void report(void) {
  const char *path = getenv("FAULT_COUNT");
  if (!path) return;
  int file = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  for (int class = 0; class < CLASS_COUNT; class++) {
    char line[64];
    int length = snprintf(line, sizeof line, "%s %ld\n", class_names[class], counts[class]);
    syscall(SYS_write, file, line, length);
  }
  syscall(SYS_close, file);
}

static int is_inside(const char *path) {
  return folder && !strncmp(path, folder, folder_length) && (path[folder_length] == '/' || !path[folder_length]);
}

static int is_watched(int descriptor) { return descriptor >= 0 && descriptor < DESCRIPTORS && watched[descriptor].path; }

static void record(enum kind kind, uint64_t inode, uint64_t offset, int is_synced, const void *data, size_t length, const char *second) {
  if (trace < 0) return;
  struct entry entry = {kind, (uint32_t)is_synced, inode, offset, (uint32_t)length, second ? (uint32_t)strlen(second) : 0};
  struct iovec parts[3] = {{&entry, sizeof entry}, {(void *)data, length}, {(void *)second, entry.second_length}};
  syscall(SYS_writev, trace, parts, 3);
}

static uint64_t inode_of(int descriptor) {
  struct stat status;
  return fstat(descriptor, &status) ? 0 : status.st_ino;
}

/// Counts a call of `class`; `changes`: it is one of those that the killer counts. - Returns: What is to become of it.
static int decide(enum class class, int changes) {
  long number = ++counts[class], change = changes ? ++counts[CLASS_CHANGE] : 0;
  if (changes && !kills_after && !kills_within && kill_index == change) kill(getpid(), SIGKILL);
  if (fail_class == (int)class && fail_index == number) return fail_outcome;
  if (changes && fail_class == CLASS_CHANGE && fail_index == change) return fail_outcome;
  return REAL;
}

static void done(void) {
  if ((kills_after || kills_within) && kill_index == counts[CLASS_CHANGE]) kill(getpid(), SIGKILL);
}

static long fail(int error) {
  errno = error;
  return -1;
}

// MARK: Opening and closing

static int open_real(int at, const char *path, int flags, mode_t mode) {
  struct stat status;
  if (at != AT_FDCWD || path[0] != '/') return (int)syscall(SYS_openat, at, path, flags, mode);
  enter();
  if (!is_inside(path)) return (int)leave(syscall(SYS_openat, at, path, flags, mode));
  int creates = (flags & O_CREAT) && stat(path, &status);
  int outcome = decide(CLASS_OPEN, creates);
  if (outcome > 0) return (int)leave(fail(outcome));
  if (syncs_nothing) flags &= ~(O_SYNC | O_DSYNC);
  int descriptor = (int)syscall(SYS_openat, at, path, flags, mode);
  if (descriptor >= 0 && descriptor < DESCRIPTORS) {
    free(watched[descriptor].path);
    watched[descriptor].path = strdup(path);
    watched[descriptor].is_synced = (flags & O_DSYNC) != 0;
    if (creates) record(KIND_CREATE, inode_of(descriptor), 0, 0, path, strlen(path), NULL);
    else if ((flags & O_TRUNC)) record(KIND_TRUNCATE, inode_of(descriptor), 0, 0, NULL, 0, NULL);
    if (creates) done();
  }
  return (int)leave(descriptor);
}

#define OPEN(name, at, declaration)                               \
  int name declaration {                                          \
    mode_t mode = 0;                                              \
    if (flags & (O_CREAT | __O_TMPFILE)) {                        \
      va_list arguments;                                          \
      va_start(arguments, flags);                                 \
      mode = va_arg(arguments, mode_t);                           \
      va_end(arguments);                                          \
    }                                                             \
    return open_real(at, path, flags, mode);                      \
  }
OPEN(open, AT_FDCWD, (const char *path, int flags, ...))
OPEN(open64, AT_FDCWD, (const char *path, int flags, ...))
OPEN(openat, at, (int at, const char *path, int flags, ...))
OPEN(openat64, at, (int at, const char *path, int flags, ...))

int close(int descriptor) {
  enter();
  if (is_watched(descriptor)) {
    free(watched[descriptor].path);
    watched[descriptor].path = NULL;
  }
  return (int)leave(syscall(SYS_close, descriptor));
}

// MARK: Writing

/// Every way to write ends here. `offset` < 0: where the descriptor stands, which then moves on.
static ssize_t write_all(int descriptor, const struct iovec *parts, int count, off_t offset) {
  size_t length = 0;
  for (int i = 0; i < count; i++) length += parts[i].iov_len;
  char *bytes = malloc(length ? length : 1);
  size_t filled = 0;
  for (int i = 0; i < count; filled += parts[i++].iov_len) memcpy(bytes + filled, parts[i].iov_base, parts[i].iov_len);

  off_t start = offset < 0 ? lseek(descriptor, 0, SEEK_CUR) : offset;
  int is_synced = watched[descriptor].is_synced;
  int outcome = decide(is_synced ? CLASS_META : CLASS_WRITE, 1);
  size_t allowed = outcome == SHORT ? length / 2 : length;
  if (full && !access(full, F_OK)) {
    struct stat status;
    fstat(descriptor, &status);
    if (start + (off_t)allowed > status.st_size) allowed = start < status.st_size ? (size_t)(status.st_size - start) : 0;
    if (!allowed) outcome = ENOSPC;
  }
  ssize_t result;
  if (outcome > 0) {
    result = fail(outcome);
  } else if (outcome == LIE) {
    result = (ssize_t)length;
  } else {
    result = syscall(SYS_pwrite64, descriptor, bytes, allowed, start);
    int dies = kills_within && kill_index == counts[CLASS_CHANGE];
    if (result >= 0) record(KIND_WRITE, inode_of(descriptor), (uint64_t)start, is_synced && !dies, bytes, (size_t)result, NULL);
  }
  int error = errno;
  if (offset < 0 && result > 0) lseek(descriptor, start + result, SEEK_SET);
  free(bytes);
  done();
  errno = error;
  return result;
}

static ssize_t say(const void *data, size_t length) {
  record(KIND_SAY, 0, 0, 0, data, length, NULL);
  return syscall(SYS_write, 1, data, length);
}

ssize_t write(int descriptor, const void *data, size_t length) {
  enter();
  if (descriptor == 1) return leave(say(data, length));
  if (!is_watched(descriptor)) return leave(syscall(SYS_write, descriptor, data, length));
  struct iovec part = {(void *)data, length};
  return leave(write_all(descriptor, &part, 1, -1));
}

ssize_t writev(int descriptor, const struct iovec *parts, int count) {
  enter();
  if (!is_watched(descriptor)) return leave(syscall(SYS_writev, descriptor, parts, count));
  return leave(write_all(descriptor, parts, count, -1));
}

ssize_t pwrite(int descriptor, const void *data, size_t length, off_t offset) {
  enter();
  if (!is_watched(descriptor)) return leave(syscall(SYS_pwrite64, descriptor, data, length, offset));
  struct iovec part = {(void *)data, length};
  return leave(write_all(descriptor, &part, 1, offset));
}
ssize_t pwrite64(int descriptor, const void *data, size_t length, off64_t offset) { return pwrite(descriptor, data, length, offset); }

ssize_t pwritev(int descriptor, const struct iovec *parts, int count, off_t offset) {
  enter();
  if (!is_watched(descriptor)) return leave(syscall(SYS_pwritev, descriptor, parts, count, offset, 0L));
  return leave(write_all(descriptor, parts, count, offset));
}
ssize_t pwritev64(int descriptor, const struct iovec *parts, int count, off64_t offset) { return pwritev(descriptor, parts, count, offset); }

int ftruncate(int descriptor, off_t length) {
  enter();
  if (!is_watched(descriptor)) return (int)leave(syscall(SYS_ftruncate, descriptor, length));
  int outcome = decide(CLASS_TRUNCATE, 1);
  if (outcome > 0) return (int)leave(fail(outcome));
  long result = outcome == LIE ? 0 : syscall(SYS_ftruncate, descriptor, length);
  if (!result && outcome != LIE) record(KIND_TRUNCATE, inode_of(descriptor), (uint64_t)length, 0, NULL, 0, NULL);
  done();
  return (int)leave(result);
}
int ftruncate64(int descriptor, off64_t length) { return ftruncate(descriptor, length); }

// MARK: Syncing

static int sync_one(int descriptor, long number) {
  enter();
  if (!is_watched(descriptor)) return (int)leave(syscall(number, descriptor));
  int outcome = decide(CLASS_SYNC, 1);
  if (outcome > 0) return (int)leave(fail(outcome));
  long result = outcome == LIE || syncs_nothing ? 0 : syscall(number, descriptor);
  const char *path = watched[descriptor].path;
  if (!result && outcome != LIE) record(KIND_SYNC, inode_of(descriptor), 0, 1, path, strlen(path), NULL);
  done();
  return (int)leave(result);
}
int fsync(int descriptor) { return sync_one(descriptor, SYS_fsync); }
int fdatasync(int descriptor) { return sync_one(descriptor, SYS_fdatasync); }

int msync(void *address, size_t length, int flags) {
  enter();
  int outcome = decide(CLASS_SYNC, 1);
  if (outcome > 0) return (int)leave(fail(outcome));
  if (syncs_nothing) return (int)leave(0);
  return (int)leave(syscall(SYS_msync, address, length, flags));
}

void *mmap(void *address, size_t length, int protection, int flags, int descriptor, off_t offset) {
  enter();
  int outcome = is_watched(descriptor) ? decide(CLASS_MMAP, 0) : REAL;
  if (outcome > 0) return (void *)leave(fail(outcome));
  return (void *)leave(syscall(SYS_mmap, address, length, protection, flags, descriptor, offset));
}
void *mmap64(void *address, size_t length, int protection, int flags, int descriptor, off64_t offset) {
  return mmap(address, length, protection, flags, descriptor, offset);
}

// MARK: Names

int rename(const char *from, const char *to) {
  enter();
  if (!is_inside(to)) return (int)leave(syscall(SYS_rename, from, to));
  int outcome = decide(CLASS_RENAME, 1);
  if (outcome > 0) return (int)leave(fail(outcome));
  long result = outcome == LIE ? 0 : syscall(SYS_rename, from, to);
  if (!result && outcome != LIE) record(KIND_RENAME, 0, 0, 0, from, strlen(from), to);
  done();
  return (int)leave(result);
}

int mkdir(const char *path, mode_t mode) {
  struct stat status;
  enter();
  if (!is_inside(path)) return (int)leave(syscall(SYS_mkdir, path, mode));
  int changes = stat(path, &status) != 0;
  int outcome = decide(CLASS_OPEN, changes);
  if (outcome > 0) return (int)leave(fail(outcome));
  long result = syscall(SYS_mkdir, path, mode);
  int error = errno;
  if (!result) record(KIND_MKDIR, 0, 0, 0, path, strlen(path), NULL);
  if (changes) done();
  errno = error;
  return (int)leave(result);
}

static int remove_one(int at, const char *path, int flags) {
  enter();
  if (!is_inside(path)) return (int)leave(syscall(SYS_unlinkat, at, path, flags));
  int outcome = decide(CLASS_REMOVE, 1);
  if (outcome > 0) return (int)leave(fail(outcome));
  long result = outcome == LIE ? 0 : syscall(SYS_unlinkat, at, path, flags);
  int error = errno;
  if (!result && outcome != LIE) record(KIND_UNLINK, 0, 0, 0, path, strlen(path), NULL);
  done();
  errno = error;
  return (int)leave(result);
}
int unlink(const char *path) { return remove_one(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return remove_one(AT_FDCWD, path, AT_REMOVEDIR); }
