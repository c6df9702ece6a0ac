package io.parley.config.cli;

import io.parley.contracts.users.Administration;
import io.parley.contracts.users.Administration.Changed;
import io.parley.contracts.users.User;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "admin", description = "Say who is an administrator.")
final class AdminCommand {
    private static final String WHOSE = "With which they have registered.";

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Commands commands;

    @Command(description = "Make an administrator of a user, who signs in again afterwards.")
    void grant(@Parameters(paramLabel = "EMAIL", description = WHOSE) String email) {
        commands.maintain(maintenance -> tell(
                maintenance,
                maintenance
                        .administrators()
                        .ask(Administration.GRANT, new Administration.Grant(email))
                        .await()));
    }

    @Command(description = "Make a user of an administrator, unless it is the last one.")
    void revoke(@Parameters(paramLabel = "EMAIL", description = WHOSE) String email) {
        commands.maintain(maintenance -> tell(
                maintenance,
                maintenance
                        .administrators()
                        .ask(Administration.REVOKE, new Administration.Revoke(email))
                        .await()));
    }

    @Command(description = "List the administrators in the order in which they have registered.")
    void list() {
        commands.maintain(maintenance -> maintenance
                .administrators()
                .ask(Administration.LIST_ADMINS, new Administration.ListAdmins())
                .await()
                .items()
                .forEach(admin -> maintenance.tell(admin.email() + (admin.isActive() ? "" : " (deactivated)"))));
    }

    private static void tell(CommandContext maintenance, Changed changed) {
        maintenance.tell(described(changed.user()) + "; sessions ended: "
                + changed.ended().ids().size() + ".");
    }

    private static String described(User user) {
        return switch (user.role()) {
            case ADMIN -> user.email() + " is an administrator";
            case USER -> user.email() + " is no administrator";
        };
    }
}
