#include "baseline.h"

#include <lmdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static void check(int rc, const char *what) {
  if (rc == 0) return;
  fprintf(stderr, "baseline: %s: %s\n", what, mdb_strerror(rc));
  exit(1);
}

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static MDB_env *open_environment(const char *dir, MDB_dbi *events) {
  MDB_env *env;
  MDB_txn *txn;
  check(mdb_env_create(&env), "create");
  check(mdb_env_set_mapsize(env, (size_t)1 << 40), "mapsize");
  check(mdb_env_set_maxdbs(env, 2), "maxdbs");
  check(mdb_env_open(env, dir, 0, 0644), "open");
  check(mdb_txn_begin(env, NULL, 0, &txn), "begin");
  check(mdb_dbi_open(txn, "events", MDB_CREATE | MDB_INTEGERKEY, events), "table");
  check(mdb_txn_commit(txn), "commit");
  return env;
}

static void empty(const char *dir) {
  char path[4096];
  snprintf(path, sizeof path, "%s/data.mdb", dir);
  unlink(path);
  snprintf(path, sizeof path, "%s/lock.mdb", dir);
  unlink(path);
}

static uint64_t entries(MDB_env *env, MDB_dbi events) {
  MDB_txn *txn;
  MDB_stat stat;
  check(mdb_txn_begin(env, NULL, MDB_RDONLY, &txn), "begin");
  check(mdb_stat(txn, events, &stat), "stat");
  mdb_txn_abort(txn);
  return stat.ms_entries;
}

double baseline_append(const char *dir, const uint32_t *sizes, uint64_t size_count, uint64_t count, uint64_t per_commit, int fresh) {
  mkdir(dir, 0755);
  if (fresh) empty(dir);
  MDB_dbi events;
  MDB_env *env = open_environment(dir, &events);
  uint32_t largest = 0;
  for (uint64_t i = 0; i < size_count; i++) largest = sizes[i] > largest ? sizes[i] : largest;
  uint8_t *value = malloc(largest);
  for (uint32_t i = 0; i < largest; i++) value[i] = (uint8_t)(i * 131 + 7);
  uint64_t position = entries(env, events);
  count += position;
  double start = seconds();
  while (position < count) {
    MDB_txn *txn;
    check(mdb_txn_begin(env, NULL, 0, &txn), "begin");
    for (uint64_t i = 0; i < per_commit && position < count; i++) {
      size_t size = sizes[position % size_count];
      position++;
      memcpy(value, &position, sizeof position);
      MDB_val key = {sizeof position, &position}, data = {size, NULL};
      check(mdb_put(txn, events, &key, &data, MDB_APPEND | MDB_RESERVE), "put");
      memcpy(data.mv_data, value, size);
    }
    check(mdb_txn_commit(txn), "commit");
  }
  double took = seconds() - start;
  mdb_env_close(env);
  free(value);
  return took;
}

static volatile uint64_t sink;

static void read_words(const uint8_t *p, size_t limit, uint64_t *sum) {
  for (size_t i = 0; i + 8 <= limit; i += 8) {
    uint64_t word;
    memcpy(&word, p + i, 8);
    *sum += word;
  }
}

double baseline_scan(const char *dir, size_t header_bytes, uint64_t *events_seen) {
  MDB_dbi events;
  MDB_env *env = open_environment(dir, &events);
  MDB_txn *txn;
  MDB_cursor *cursor;
  MDB_val key, data;
  uint64_t sum = 0, n = 0;
  double start = seconds();
  check(mdb_txn_begin(env, NULL, MDB_RDONLY, &txn), "begin");
  check(mdb_cursor_open(txn, events, &cursor), "cursor");
  while (mdb_cursor_get(cursor, &key, &data, MDB_NEXT) == 0) {
    read_words(data.mv_data, data.mv_size < header_bytes ? data.mv_size : header_bytes, &sum);
    n++;
  }
  double took = seconds() - start;
  mdb_cursor_close(cursor);
  mdb_txn_abort(txn);
  mdb_env_close(env);
  sink = sum;
  *events_seen = n;
  return took;
}

double baseline_gets(const char *dir, uint64_t streams, uint64_t per_stream) {
  MDB_dbi events;
  MDB_env *env = open_environment(dir, &events);
  uint64_t stored = entries(env, events);
  MDB_txn *txn;
  check(mdb_txn_begin(env, NULL, MDB_RDONLY, &txn), "begin");
  uint64_t random = 88172645463325252ull, sum = 0;
  double start = seconds();
  for (uint64_t i = 0; i < streams * per_stream; i++) {
    random ^= random << 13;
    random ^= random >> 7;
    random ^= random << 17;
    uint64_t position = random % stored + 1;
    MDB_val key = {sizeof position, &position}, data;
    check(mdb_get(txn, events, &key, &data), "get");
    read_words(data.mv_data, data.mv_size, &sum);
  }
  double took = seconds() - start;
  mdb_txn_abort(txn);
  mdb_env_close(env);
  sink = sum;
  return took;
}
