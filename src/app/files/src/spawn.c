/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Programs in their own process group: started without a shell, talked to with a time limit.
 * Its standard input is a socket, so that writing to a dead program is a status, not SIGPIPE.
 */
#define _POSIX_C_SOURCE 200809L
#include "mcy/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct mcy_process {
    char name[64];
    pid_t pid;
    int to, out, errs; /* -1 once closed */
    bool reaped;
    int wait_status;
    mcy_text tail; /* the end of its errors, for the sentence */
};

static double now_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static bool pipe_closed_on_exec(int ends[2])
{
    if (pipe(ends) != 0)
        return false;
    return fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0 && fcntl(ends[1], F_SETFD, FD_CLOEXEC) == 0;
}

/* The pairs of descriptors of a start: [0] is ours or read, [1] is the child's or written. */
typedef struct channels {
    int input[2], output[2], errors[2], failure[2];
} channels;

static bool channels_open(channels *c)
{
    *c = (channels){{-1, -1}, {-1, -1}, {-1, -1}, {-1, -1}};
    return socketpair(AF_UNIX, SOCK_STREAM, 0, c->input) == 0 &&
           fcntl(c->input[0], F_SETFD, FD_CLOEXEC) == 0 &&
           fcntl(c->input[1], F_SETFD, FD_CLOEXEC) == 0 && pipe_closed_on_exec(c->output) &&
           pipe_closed_on_exec(c->errors) && pipe_closed_on_exec(c->failure);
}

static void channels_close(channels *c)
{
    int *pairs[] = {c->input, c->output, c->errors, c->failure};
    for (size_t i = 0; i < 4; i++) {
        close_fd(&pairs[i][0]);
        close_fd(&pairs[i][1]);
    }
}

/* In the child, after fork: only calls that are safe there; the reason of a failure goes up the
 * pipe that exec closes. */
static void child_run(const channels *c, const char *const *arguments, const char *folder)
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setpgid(0, 0);
    char *const *list = NULL;
    memcpy(&list, &arguments, sizeof list); /* execvp takes char *const[] but changes nothing */
    if (dup2(c->input[1], 0) == 0 && dup2(c->output[1], 1) == 1 && dup2(c->errors[1], 2) == 2 &&
        (!folder || chdir(folder) == 0))
        execvp(arguments[0], list);
    int reason = errno;
    ssize_t ignored = write(c->failure[1], &reason, sizeof reason);
    (void)ignored;
    _exit(127);
}

static int start_failure(channels *c)
{
    int reason = 0;
    close_fd(&c->failure[1]);
    ssize_t n;
    do
        n = read(c->failure[0], &reason, sizeof reason);
    while (n < 0 && errno == EINTR);
    return n == (ssize_t)sizeof reason ? reason : 0;
}

static void adopt(mcy_process *p, channels *c)
{
    p->to = c->input[0];
    p->out = c->output[0];
    p->errs = c->errors[0];
    c->input[0] = c->output[0] = c->errors[0] = -1;
    (void)fcntl(p->to, F_SETFL, O_NONBLOCK);
    (void)fcntl(p->out, F_SETFL, O_NONBLOCK);
    (void)fcntl(p->errs, F_SETFL, O_NONBLOCK);
}

mcy_status mcy_process_create(const char *const *arguments, const char *folder,
                              mcy_process **process, mcy_error *err)
{
    channels c;
    *process = NULL;
    mcy_process *p = calloc(1, sizeof *p);
    if (!p)
        return mcy_fail_memory(err);
    strncpy(p->name, arguments[0], sizeof p->name - 1);
    p->to = p->out = p->errs = -1;
    if (!channels_open(&c) || (p->pid = fork()) < 0) {
        mcy_status status =
            MCY_FAIL(err, MCY_E_IO, "cannot start '%s': %s", p->name, strerror(errno));
        channels_close(&c);
        free(p);
        return status;
    }
    if (p->pid == 0)
        child_run(&c, arguments, folder);
    (void)setpgid(p->pid, p->pid); /* the child does so too: whoever is first */
    int reason = start_failure(&c);
    adopt(p, &c);
    channels_close(&c);
    if (reason) {
        mcy_process_destroy(p);
        return MCY_FAIL(err, MCY_E_EXTERNAL, "cannot start '%s': %s", arguments[0],
                        strerror(reason));
    }
    *process = p;
    return MCY_OK;
}

enum { TAIL = 400 };

static void keep_tail(mcy_process *p, const char *bytes, size_t n)
{
    mcy_text_append(&p->tail, bytes, n);
    if (p->tail.size > 4 * TAIL) {
        memmove(p->tail.bytes, p->tail.bytes + p->tail.size - TAIL, TAIL);
        p->tail.size = TAIL;
        p->tail.bytes[TAIL] = '\0';
    }
}

/* The end of what it said on its errors, in one line, for a sentence of ours. */
static const char *last_words(mcy_process *p)
{
    while (p->tail.size && strchr(" \n\r\t", p->tail.bytes[p->tail.size - 1]))
        p->tail.bytes[--p->tail.size] = '\0';
    const char *all = mcy_text_view(&p->tail);
    return p->tail.size > TAIL ? all + p->tail.size - TAIL : all;
}

static mcy_status fail_process(mcy_process *p, const char *what, mcy_error *err)
{
    const char *words = last_words(p);
    return MCY_FAIL(err, MCY_E_EXTERNAL, "'%s' %s%s%s", p->name, what, *words ? ": " : "",
                    words);
}

static bool holds(const mcy_text *text, size_t from, const char *marker)
{
    return text->size > from && strstr(text->bytes + from, marker) != NULL;
}

/* Read what is there; closes the descriptor at its end. */
static void drain(mcy_process *p, int *fd, mcy_text *into, bool errors)
{
    char piece[16384];
    ssize_t n = read(*fd, piece, sizeof piece);
    if (n > 0) {
        mcy_text_append(into, piece, (size_t)n);
        if (errors)
            keep_tail(p, piece, (size_t)n);
    } else if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
        close_fd(fd);
    }
}

/* One exchange: what is still to send, what came, until when. */
typedef struct exchange {
    const char *bytes, *marker;
    size_t size, sent, output_from, errors_from;
    double deadline;
    mcy_text *output, *errors;
} exchange;

static bool is_done(const mcy_process *p, const exchange *x)
{
    if (x->sent < x->size)
        return false;
    if (!x->marker)
        return true;
    (void)p;
    return holds(x->output, x->output_from, x->marker) ||
           holds(x->errors, x->errors_from, x->marker);
}

/* Wait for any stream to move, at most until the deadline; false when time is up. */
static bool step(mcy_process *p, exchange *x)
{
    double left = x->deadline - now_seconds();
    struct pollfd set[3] = {{p->to, 0, 0}, {p->out, POLLIN, 0}, {p->errs, POLLIN, 0}};
    if (left <= 0.0)
        return false;
    if (x->sent < x->size && p->to >= 0)
        set[0].events = POLLOUT;
    else
        set[0].fd = -1;
    int n = poll(set, 3, left > 60.0 ? 60000 : (int)(1000.0 * left) + 1);
    if (n <= 0)
        return n == 0 || errno == EINTR;
    if (set[1].revents)
        drain(p, &p->out, x->output, false);
    if (set[2].revents)
        drain(p, &p->errs, x->errors, true);
    if (set[0].revents) {
        ssize_t sent = send(p->to, x->bytes + x->sent, x->size - x->sent, MSG_NOSIGNAL);
        if (sent > 0)
            x->sent += (size_t)sent;
        else if (errno != EAGAIN && errno != EINTR)
            close_fd(&p->to);
    }
    return true;
}

static mcy_status exchange_run(mcy_process *p, exchange *x, mcy_error *err)
{
    while (!is_done(p, x)) {
        if (p->to < 0 && x->sent < x->size)
            return fail_process(p, "closed its input before all was sent", err);
        if (p->out < 0 && p->errs < 0)
            return fail_process(p, "ended before it answered", err);
        if (!step(p, x))
            return fail_process(p, "did not answer in time", err);
        if (x->output->failed || x->errors->failed)
            return mcy_fail_memory(err);
    }
    return MCY_OK;
}

mcy_status mcy_process_exchange(mcy_process *p, const char *bytes, size_t size,
                                const char *marker, double timeout_seconds, mcy_text *output,
                                mcy_text *errors, mcy_error *err)
{
    mcy_text own_output = {0}, own_errors = {0};
    exchange x = {bytes,
                  marker,
                  size,
                  0,
                  output ? output->size : 0,
                  errors ? errors->size : 0,
                  now_seconds() + timeout_seconds,
                  output ? output : &own_output,
                  errors ? errors : &own_errors};
    mcy_status status = exchange_run(p, &x, err);
    mcy_text_release(&own_output);
    mcy_text_release(&own_errors);
    return status;
}

static bool reap(mcy_process *p, double deadline)
{
    while (!p->reaped) {
        pid_t got = waitpid(p->pid, &p->wait_status, WNOHANG);
        if (got == p->pid || (got < 0 && errno != EINTR))
            p->reaped = true;
        else if (now_seconds() > deadline)
            return false;
        else
            nanosleep(&(struct timespec){0, 500000}, NULL);
    }
    return true;
}

mcy_status mcy_process_finish(mcy_process *p, double timeout_seconds, mcy_text *output,
                              mcy_text *errors, mcy_process_end *end, mcy_error *err)
{
    mcy_text own_output = {0}, own_errors = {0};
    double deadline = now_seconds() + timeout_seconds;
    exchange x = {.deadline = deadline,
                  .output = output ? output : &own_output,
                  .errors = errors ? errors : &own_errors};
    close_fd(&p->to);
    bool in_time = true;
    while (in_time && (p->out >= 0 || p->errs >= 0))
        in_time = step(p, &x);
    bool memory = x.output->failed || x.errors->failed;
    in_time = in_time && reap(p, deadline);
    mcy_text_release(&own_output);
    mcy_text_release(&own_errors);
    if (!in_time) {
        (void)kill(-p->pid, SIGKILL);
        return fail_process(p, "did not end in time and was stopped", err);
    }
    end->exit_code = WIFEXITED(p->wait_status) ? WEXITSTATUS(p->wait_status) : -1;
    end->signal = WIFSIGNALED(p->wait_status) ? WTERMSIG(p->wait_status) : 0;
    return memory ? mcy_fail_memory(err) : MCY_OK;
}

void mcy_process_destroy(mcy_process *p)
{
    if (!p)
        return;
    if (!p->reaped) {
        (void)kill(-p->pid, SIGKILL);
        (void)kill(p->pid, SIGKILL);
        while (waitpid(p->pid, &p->wait_status, 0) < 0 && errno == EINTR)
            ;
    }
    close_fd(&p->to);
    close_fd(&p->out);
    close_fd(&p->errs);
    mcy_text_release(&p->tail);
    free(p);
}

static mcy_status judge_end(mcy_process *p, const mcy_process_end *end, mcy_error *err)
{
    char how[64];
    if (end->exit_code == 0)
        return MCY_OK;
    if (end->signal)
        snprintf(how, sizeof how, "was ended by signal %d", end->signal);
    else
        snprintf(how, sizeof how, "failed with exit code %d", end->exit_code);
    return fail_process(p, how, err);
}

mcy_status mcy_spawn(const char *const *arguments, const char *folder, const char *input,
                     size_t input_size, double timeout_seconds, mcy_text *output,
                     mcy_text *errors, mcy_error *err)
{
    mcy_process *p = NULL;
    mcy_process_end end = {0};
    double began = now_seconds();
    MCY_TRY(mcy_process_create(arguments, folder, &p, err));
    mcy_status status = MCY_OK;
    if (input_size)
        status = mcy_process_exchange(p, input, input_size, NULL, timeout_seconds, output,
                                      errors, err);
    double left = timeout_seconds - (now_seconds() - began);
    if (status == MCY_OK)
        status = mcy_process_finish(p, left > 0.0 ? left : 0.0, output, errors, &end, err);
    if (status == MCY_OK)
        status = judge_end(p, &end, err);
    mcy_process_destroy(p);
    return status;
}
