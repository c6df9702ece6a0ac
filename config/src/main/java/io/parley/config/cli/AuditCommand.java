package io.parley.config.cli;

import io.parley.contracts.audit.Audit;
import io.parley.contracts.audit.Audit.CheckPart;
import io.parley.contracts.audit.Audit.CheckedPart;
import io.parley.kernel.Bus;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(name = "audit", description = "Check the recorded security events.")
final class AuditCommand {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Commands commands;

    @Command(
            description =
                    "Check that no security event was changed, removed or added since it was recorded. Fails with the first"
                            + " one that is wrong. Servers may keep running.")
    void verify() {
        commands.runOnDatabase(AuditCommand::verify);
    }

    private static void verify(CommandContext context) {
        var checked = check(context.startAudit());
        if (checked.wrong() != null)
            throw new CommandException("the chain is broken at seq " + checked.wrong() + "; " + checked.events()
                    + " events before it are right");
        context.print(checked.events() + " events, seq " + checked.first() + " to " + checked.last() + ", chain whole");
    }

    private static CheckedPart check(Bus bus) {
        var checked = bus.ask(Audit.CHECK, new CheckPart(null)).await();
        while (checked.more())
            checked = bus.ask(Audit.CHECK, new CheckPart(checked)).await();
        return checked;
    }
}
