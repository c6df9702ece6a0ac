package io.parley.gateway.routes.mail;

import io.parley.contracts.users.MailedLinks;
import io.parley.contracts.users.MailedLinks.ForgotPassword;
import io.parley.contracts.users.MailedLinks.PasswordReset;
import io.parley.contracts.users.MailedLinks.ResetPassword;
import io.parley.contracts.users.MailedLinks.SendVerification;
import io.parley.contracts.users.MailedLinks.UseLink;
import io.parley.gateway.auth.EndedSessions;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.contract.Request;
import io.parley.kernel.Bus;
import io.parley.kernel.Secret;

/** Links in mails: asking for one, and what their pages do. */
public final class MailedLinkRoutes {
    private final Bus bus;
    private final EndedSessions endedSessions;

    private record EmailAddress(String email) {}

    private record Token(Secret token) {}

    /** The same whether or not a mail was sent. */
    private record Status(String status) {}

    public MailedLinkRoutes(Bus bus, EndedSessions endedSessions) {
        this.bus = bus;
        this.endedSessions = endedSessions;
    }

    public void mount(Operations operations) {
        operations.on(
                "forgotPassword",
                request -> bus.ask(
                                MailedLinks.FORGOT_PASSWORD,
                                new ForgotPassword(
                                        request.body(EmailAddress.class).email(), request.client()))
                        .map(new Status("sent")));
        operations.on(
                "sendVerification",
                request -> bus.ask(
                                MailedLinks.SEND_VERIFICATION,
                                new SendVerification(
                                        request.body(EmailAddress.class).email(), request.client()))
                        .map(new Status("sent")));
        operations.on("verifyEmail", request -> bus.ask(MailedLinks.VERIFY, link(request)));
        operations.on("confirmEmail", request -> bus.ask(MailedLinks.CONFIRM_ADDRESS, link(request)));
        operations.on(
                "resetPassword",
                request -> bus.ask(
                                MailedLinks.RESET_PASSWORD,
                                new ResetPassword(request.body(PasswordReset.class), request.client()))
                        .map(endedSessions::add));
    }

    private static UseLink link(Request request) {
        return new UseLink(request.body(Token.class).token(), request.client());
    }
}
