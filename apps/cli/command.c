#include "apps/cli/command.h"

static const command *const commands[] = {
#define COMMAND(name) &command_##name,
#include "apps/cli/commands.def"
#undef COMMAND
};

size_t
command_count(void)
{
	return sizeof(commands) / sizeof(*commands);
}

const command *
command_at(size_t i)
{
	return commands[i];
}
