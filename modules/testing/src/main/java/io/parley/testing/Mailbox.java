package io.parley.testing;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/** A mail server on a free port that takes mails for every address. */
public final class Mailbox implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final GreenMail server;

    /**
     * A mail as its reader sees it.
     *
     * @param from the address of the sender
     * @param autoSubmitted the header of this name
     * @param type the content type
     */
    public record Mail(String from, String subject, String autoSubmitted, String type, String text) {
        /** The last line. */
        public String link() {
            return text.lines().filter(line -> !line.isBlank()).reduce("", (before, line) -> line);
        }

        /** What follows the equals sign in the fragment of the link. */
        public String token() {
            return link().replaceFirst(".*#[a-z]+=", "");
        }
    }

    private Mailbox(String protocol) {
        this.server = new GreenMail(new ServerSetup(0, "127.0.0.1", protocol));
        server.start();
    }

    public static Mailbox open() {
        return new Mailbox(ServerSetup.PROTOCOL_SMTP);
    }

    /** With TLS from the first byte, and a certificate of no known authority. */
    public static Mailbox openWithUntrustedTls() {
        return new Mailbox(ServerSetup.PROTOCOL_SMTPS);
    }

    public int port() {
        return (server.getSmtp() == null ? server.getSmtps() : server.getSmtp()).getPort();
    }

    /** What has arrived for this address so far, oldest first. */
    public List<Mail> to(String address) {
        return Stream.of(server.getReceivedMessages())
                .filter(mail -> isFor(mail, address))
                .map(Mailbox::read)
                .toList();
    }

    /** The mail with this number for the address, the first being 1; waits for it. */
    public Mail await(String address, int number) {
        int before = -1;
        while (to(address).size() < number) {
            if (before == server.getReceivedMessages().length)
                throw new AssertionError("no mail number " + number + " for " + address);
            before = server.getReceivedMessages().length;
            server.waitForIncomingEmail(PATIENCE_MILLIS, before + 1);
        }
        return to(address).get(number - 1);
    }

    private static boolean isFor(MimeMessage mail, String address) {
        try {
            return mail.getAllRecipients()[0].toString().equalsIgnoreCase(address);
        } catch (MessagingException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Mail read(MimeMessage mail) {
        try {
            return new Mail(
                    mail.getFrom()[0].toString(),
                    mail.getSubject(),
                    String.valueOf(mail.getHeader("Auto-Submitted", null)),
                    mail.getContentType(),
                    String.valueOf(mail.getContent()));
        } catch (MessagingException failure) {
            throw new IllegalStateException(failure);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
