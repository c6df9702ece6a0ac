package io.parley.config.cli;

import io.parley.contracts.users.administration.AdministeredUser;
import io.parley.contracts.users.administration.Administration;
import io.parley.contracts.users.administration.Administration.Changed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "admin", description = "Manage administrators, and let people into their accounts.")
final class AdminCommand {
    private static final String EMAIL = "The address that the user has registered with.";

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Commands commands;

    @Command(description = "Make a user an administrator. The user has to sign in again.")
    void grant(@Parameters(paramLabel = "EMAIL", description = EMAIL) String email) {
        commands.runOnDatabase(context -> printRole(
                context,
                context.startAdministrators()
                        .ask(Administration.GRANT, new Administration.Grant(email))
                        .await()));
    }

    @Command(description = "Take the administrator role from a user. The last administrator keeps it.")
    void revoke(@Parameters(paramLabel = "EMAIL", description = EMAIL) String email) {
        commands.runOnDatabase(context -> printRole(
                context,
                context.startAdministrators()
                        .ask(Administration.REVOKE, new Administration.Revoke(email))
                        .await()));
    }

    @Command(
            description =
                    "Create an administrator without a password, and print a link to choose one, which is valid for 30"
                            + " minutes.")
    void create(@Parameters(paramLabel = "EMAIL", description = "The administrator's address.") String email) {
        commands.runOnDatabase(context -> {
            var link = context.startAdministrators()
                    .ask(
                            Administration.CREATE_ADMINISTRATOR,
                            new Administration.CreateAdministrator(
                                    email, context.settings().publicUrl()))
                    .await();
            context.print(link.email() + " is an administrator. The password is chosen at");
            context.print(link.url().value());
        });
    }

    @Command(
            name = "reset-link",
            description =
                    "Print a link to choose a new password, which is valid for 30 minutes and works once. It ends all"
                            + " sessions of the user.")
    void resetLink(@Parameters(paramLabel = "EMAIL", description = EMAIL) String email) {
        commands.runOnDatabase(context -> {
            var link = context.startAdministrators()
                    .ask(
                            Administration.CREATE_RESET_LINK,
                            new Administration.CreateResetLink(
                                    email, context.settings().publicUrl()))
                    .await();
            context.print("A new password for " + link.email() + " is chosen at");
            context.print(link.url().value());
        });
    }

    @Command(
            name = "reset-mfa",
            description = "Remove TOTP, recovery codes and passkeys of a user who has lost them, and end all sessions.")
    void resetMfa(@Parameters(paramLabel = "EMAIL", description = EMAIL) String email) {
        commands.runOnDatabase(context -> {
            var ended = context.startAdministrators()
                    .ask(Administration.RESET_FACTORS_BY_EMAIL, new Administration.ResetFactorsByEmail(email))
                    .await();
            context.print("The second factors are removed; sessions ended: "
                    + ended.ids().size() + ".");
        });
    }

    @Command(description = "List the administrators in the order in which they registered.")
    void list() {
        commands.runOnDatabase(context -> context.startAdministrators()
                .ask(Administration.LIST_ADMINS, new Administration.ListAdmins())
                .await()
                .items()
                .forEach(admin -> context.print(admin.email() + (admin.isActive() ? "" : " (deactivated)"))));
    }

    private static void printRole(CommandContext context, Changed changed) {
        context.print(role(changed.user()) + "; sessions ended: "
                + changed.ended().ids().size() + ".");
    }

    private static String role(AdministeredUser user) {
        return switch (user.role()) {
            case ADMIN -> user.email() + " is an administrator";
            case USER -> user.email() + " is not an administrator";
        };
    }
}
