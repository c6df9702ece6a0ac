package io.parley.config.cli;

import io.parley.contracts.users.administration.Invitations;
import io.parley.contracts.users.administration.Invitations.InvitationDraft;
import io.parley.kernel.Caller.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "invite",
        description =
                "Invite somebody to register, and print the link. It is mailed as well if there is an address and a mail"
                        + " server is set.")
final class InviteCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Commands commands;

    @Parameters(
            arity = "0..1",
            paramLabel = "EMAIL",
            description = "The only address that may use the invitation; without it, any.")
    private @Nullable String email;

    @Option(names = "--role", paramLabel = "ROLE", description = "admin or user, which is the default.")
    private Role role = Role.USER;

    @Option(names = "--days", paramLabel = "N", description = "How long it is valid; 7 by default, at most 366.")
    private int days = (int) Invitations.LIFETIME.toDays();

    @Override
    public void run() {
        var draft = new InvitationDraft(email, role, Instant.now().plus(Duration.ofDays(days)));
        commands.runOnDatabase(context -> {
            var created = context.startAdministrators()
                    .ask(Invitations.INVITE, new Invitations.Invite(draft))
                    .await();
            var invitation = created.invitation();
            context.print("Until " + invitation.expiresAt() + ", "
                    + (invitation.email() == null ? "anybody" : invitation.email()) + " can register as "
                    + invitation.role().name().toLowerCase(Locale.ROOT) + " at");
            context.print(created.url(context.settings().publicUrl()).value());
        });
    }
}
