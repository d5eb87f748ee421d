/// A library that is preloaded into a process under test (`LD_PRELOAD`): it records what the process does to the files of one
/// folder, lets single calls fail, and ends the process at a chosen call. Nothing links against it.
///
/// The environment says what to do; indices begin with 1.
///
///     FAULT_FOLDER=PATH            the folder that is watched: an absolute path without links
///     FAULT_TRACE=FILE             record every operation that changes something, and what is written to standard output
///     FAULT_FAIL=CLASS:N:ERRNO     the Nth call of the class fails with this error number; or
///     FAULT_FAIL=CLASS:N:short     writes only half of what it was given; or
///     FAULT_FAIL=CLASS:N:lie       does nothing and says that it did
///     FAULT_KILL=before:N          SIGKILL before the Nth operation that changes something; after:N right after it;
///                                  within:N when it is done for other processes, but a write not yet synced
///     FAULT_FULL=FILE              while FILE exists, no file grows: ENOSPC
///     FAULT_COUNT=FILE             at the end of the process, how many calls of each class there were
///
/// Classes: write (all but the next), meta (a write through a descriptor opened with O_DSYNC: LMDB's meta pages), sync, truncate,
/// rename, open, mmap, change (every one of write, meta, sync, truncate, rename, and of making a file or folder).
#pragma once
