/* Calls of libc that fail when they are told to: loaded before it, for the files of one folder. See faults.py. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static char folder[PATH_MAX];
static int armed, kind_told, at_told, error_told, lasting_told, counted[7];

void faults_arm(const char *where, int kind, int at, int error, int lasting) {
    strncpy(folder, where, PATH_MAX - 1);
    kind_told = kind, at_told = at, error_told = error, lasting_told = lasting;
    memset(counted, 0, sizeof counted);
    armed = 1;
}

void faults_disarm(void) { armed = 0; }

int faults_counted(int kind) { return counted[kind]; }

static int fails(int kind, const char *path) {
    if (!armed || strncmp(path, folder, strlen(folder)) != 0) return 0;
    counted[kind]++;
    if (kind != kind_told || counted[kind] < at_told || (counted[kind] > at_told && !lasting_told)) return 0;
    errno = error_told;
    return 1;
}

static int fails_at(int kind, int file) {
    char name[64], path[PATH_MAX];
    if (!armed) return 0;
    snprintf(name, sizeof name, "/proc/self/fd/%d", file);
    ssize_t length = readlink(name, path, PATH_MAX - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return fails(kind, path);
}

enum { WRITE, FSYNC, UNLINK, TRUNCATE, OPEN, READ, RENAME };

#define REAL(result, name, ...) static result (*real)(__VA_ARGS__); if (!real) real = dlsym(RTLD_NEXT, #name)

#define A const void *from, size_t n
ssize_t write(int f, A) { REAL(ssize_t, write, int, A); return fails_at(WRITE, f) ? -1 : real(f, from, n); }
ssize_t pwrite(int f, A, off_t o) { REAL(ssize_t, pwrite, int, A, off_t); return fails_at(WRITE, f) ? -1 : real(f, from, n, o); }
ssize_t pwrite64(int f, A, off64_t o) { REAL(ssize_t, pwrite64, int, A, off64_t); return fails_at(WRITE, f) ? -1 : real(f, from, n, o); }
#undef A
#define A void *to, size_t n
ssize_t read(int f, A) { REAL(ssize_t, read, int, A); return fails_at(READ, f) ? -1 : real(f, to, n); }
ssize_t pread(int f, A, off_t o) { REAL(ssize_t, pread, int, A, off_t); return fails_at(READ, f) ? -1 : real(f, to, n, o); }
ssize_t pread64(int f, A, off64_t o) { REAL(ssize_t, pread64, int, A, off64_t); return fails_at(READ, f) ? -1 : real(f, to, n, o); }
#undef A
int fsync(int f) { REAL(int, fsync, int); return fails_at(FSYNC, f) ? -1 : real(f); }
int fdatasync(int f) { REAL(int, fdatasync, int); return fails_at(FSYNC, f) ? -1 : real(f); }
int ftruncate(int f, off_t n) { REAL(int, ftruncate, int, off_t); return fails_at(TRUNCATE, f) ? -1 : real(f, n); }
int ftruncate64(int f, off64_t n) { REAL(int, ftruncate64, int, off64_t); return fails_at(TRUNCATE, f) ? -1 : real(f, n); }
int unlink(const char *p) { REAL(int, unlink, const char *); return fails(UNLINK, p) ? -1 : real(p); }
int rename(const char *p, const char *q) { REAL(int, rename, const char *, const char *); return fails(RENAME, p) ? -1 : real(p, q); }
int link(const char *p, const char *q) { REAL(int, link, const char *, const char *); return fails(RENAME, p) ? -1 : real(p, q); }

#define MODE mode_t mode = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }
int open(const char *p, int flags, ...) { MODE REAL(int, open, const char *, int, ...); return fails(OPEN, p) ? -1 : real(p, flags, mode); }
int open64(const char *p, int flags, ...) { MODE REAL(int, open64, const char *, int, ...); return fails(OPEN, p) ? -1 : real(p, flags, mode); }
int openat(int d, const char *p, int flags, ...) { MODE REAL(int, openat, int, const char *, int, ...); return fails(OPEN, p) ? -1 : real(d, p, flags, mode); }
int openat64(int d, const char *p, int flags, ...) { MODE REAL(int, openat64, int, const char *, int, ...); return fails(OPEN, p) ? -1 : real(d, p, flags, mode); }
