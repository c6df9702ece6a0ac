package io.parley.gateway.routes;

import io.parley.contracts.users.MailedLinks;
import io.parley.contracts.users.MailedLinks.ForgotPassword;
import io.parley.contracts.users.MailedLinks.PasswordReset;
import io.parley.contracts.users.MailedLinks.ResetPassword;
import io.parley.gateway.auth.EndedSessions;
import io.parley.gateway.contract.Operations;
import io.parley.kernel.Bus;

/** Links in mails: asking for one, and what their pages do. */
final class MailedLinkRoutes {
    private final Bus bus;
    private final EndedSessions endedSessions;

    private record EmailAddress(String email) {}

    /** The same whether or not a mail was sent. */
    private record Status(String status) {}

    MailedLinkRoutes(Bus bus, EndedSessions endedSessions) {
        this.bus = bus;
        this.endedSessions = endedSessions;
    }

    void mount(Operations operations) {
        operations.on(
                "forgotPassword",
                request -> bus.ask(
                                MailedLinks.FORGOT_PASSWORD,
                                new ForgotPassword(
                                        request.body(EmailAddress.class).email(), request.client()))
                        .map(new Status("sent")));
        operations.on(
                "resetPassword",
                request -> bus.ask(
                                MailedLinks.RESET_PASSWORD,
                                new ResetPassword(request.body(PasswordReset.class), request.client()))
                        .map(endedSessions::add));
    }
}
