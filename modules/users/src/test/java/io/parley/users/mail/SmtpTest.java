package io.parley.users.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.kernel.Secret;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.Mailbox;
import io.parley.users.mail.MailSettings.Tls;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BusExtension.class)
class SmtpTest {
    private static final Letter LETTER = new Letter(
            "ada@bücher.example", "Hello", "Open this link.\n", new Secret("https://chat.example.org/#token=1"));

    @Test
    void sendsToHostsInLettersOfAnyScript(Vertx vertx) {
        try (var mailbox = Mailbox.open()) {
            Answers.of(smtp(vertx, mailbox, Tls.NONE).send(LETTER));

            assertThat(mailbox.await("ada@xn--bcher-kva.example", 1).text().strip())
                    .isEqualToNormalizingNewlines("Open this link.\n\nhttps://chat.example.org/#token=1");
        }
    }

    @Test
    void sendsNothingInClearIfTlsIsAskedFor(Vertx vertx) {
        try (var mailbox = Mailbox.open()) {
            assertRefuses(smtp(vertx, mailbox, Tls.STARTTLS));
            assertThat(mailbox.to("ada@xn--bcher-kva.example")).isEmpty();
        }
    }

    @Test
    void sendsNothingToAServerThatItDoesNotTrust(Vertx vertx) {
        try (var mailbox = Mailbox.openWithUntrustedTls()) {
            assertRefuses(smtp(vertx, mailbox, Tls.TLS));
            assertThat(mailbox.to("ada@xn--bcher-kva.example")).isEmpty();
        }
    }

    private static void assertRefuses(Smtp smtp) {
        assertThatThrownBy(() -> Answers.of(smtp.send(LETTER))).isNotNull();
    }

    private static Smtp smtp(Vertx vertx, Mailbox mailbox, Tls tls) {
        return new Smtp(
                vertx,
                new MailSettings(
                        "127.0.0.1",
                        mailbox.port(),
                        null,
                        null,
                        "parley@chat.example.org",
                        tls,
                        "https://chat.example.org"));
    }
}
