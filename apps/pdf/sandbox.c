/* A filter of system calls (seccomp), by hand because it is a list of numbers: poppler reads
 * fonts and character maps, so files may be opened, but for reading only. A call that is not
 * allowed fails with EPERM; nothing in poppler or fontconfig minds that. */
#define _GNU_SOURCE
#include "apps/pdf/sandbox.h"

#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__))

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#ifdef __x86_64__
#define MACHINE AUDIT_ARCH_X86_64
#else
#define MACHINE AUDIT_ARCH_AARCH64
#endif

#define LOAD(field) \
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (unsigned)offsetof(struct seccomp_data, field))
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define REFUSE BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)
#define END BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS)
#define NEVER(call) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##call, 0, 1), REFUSE
/* The flags of open: low half of an argument, on the two machines above. */
#define READ_ONLY(call, argument) \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##call, 0, 4), LOAD(args[argument]), \
		BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, O_WRONLY | O_RDWR | O_CREAT | O_TRUNC, 0, \
			1), \
		REFUSE, ALLOW

static struct sock_filter filter[] = {
	LOAD(arch),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0),
	END,
	LOAD(nr),
	NEVER(socket),
	NEVER(socketpair),
	NEVER(connect),
	NEVER(bind),
	NEVER(listen),
	NEVER(sendto),
	NEVER(sendmsg),
	NEVER(execve),
	NEVER(execveat),
	NEVER(ptrace),
	NEVER(process_vm_writev),
	NEVER(kill),
	NEVER(tkill),
	NEVER(unlinkat),
	NEVER(renameat),
	NEVER(renameat2),
	NEVER(mkdirat),
	NEVER(linkat),
	NEVER(symlinkat),
	NEVER(fchmodat),
	NEVER(openat2),
	NEVER(io_uring_setup),
#ifdef __x86_64__
	BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1), /* the x32 calls */
	REFUSE,
	NEVER(fork),
	NEVER(vfork),
	NEVER(creat),
	NEVER(unlink),
	NEVER(rename),
	NEVER(mkdir),
	NEVER(rmdir),
	NEVER(link),
	NEVER(symlink),
	NEVER(chmod),
	NEVER(truncate),
	READ_ONLY(open, 1),
#endif
	READ_ONLY(openat, 2),
	ALLOW,
};

_Bool
sandbox_enter(void)
{
	struct sock_fprog program = { sizeof(filter) / sizeof(filter[0]), filter };

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return 0;
	if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0)
		return 1;
	return errno == EINVAL || errno == ENOSYS; /* a kernel without filters */
}

#else

_Bool
sandbox_enter(void)
{
	return 1;
}

#endif
