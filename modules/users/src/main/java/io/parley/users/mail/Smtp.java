package io.parley.users.mail;

import io.parley.contracts.users.EmailAddresses;
import io.parley.users.mail.MailSettings.Tls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.StartTLSOptions;
import java.net.IDN;
import java.util.concurrent.TimeUnit;

/** Hands mails to the mail server. */
public final class Smtp {
    private static final int CONNECT_MILLIS = 10_000;

    /** For each answer of the server; far below the time after which another node tries the same mail. */
    private static final int IDLE_SECONDS = 20;

    private final MailSettings settings;
    private final MailClient client;

    public Smtp(Vertx vertx, MailSettings settings) {
        this.settings = settings;
        this.client = MailClient.create(vertx, config(settings));
    }

    private static MailConfig config(MailSettings settings) {
        var config = new MailConfig()
                .setHostname(settings.host())
                .setPort(settings.port())
                .setSsl(settings.tls() == Tls.TLS)
                .setStarttls(settings.tls() == Tls.STARTTLS ? StartTLSOptions.REQUIRED : StartTLSOptions.DISABLED)
                .setHostnameVerificationAlgorithm("HTTPS")
                .setConnectTimeout(CONNECT_MILLIS)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setKeepAlive(false)
                .setMaxPoolSize(1)
                .setLogin(settings.username() == null ? LoginOption.DISABLED : LoginOption.REQUIRED);
        if (settings.username() != null) config.setUsername(settings.username());
        if (settings.password() != null) config.setPassword(settings.password().value());
        return config;
    }

    /** Completes when the server has taken the mail. */
    Future<Void> send(Letter letter) {
        return Future.succeededFuture(letter)
                .map(this::message)
                .compose(client::sendMail)
                .mapEmpty();
    }

    // RFC 3834, 5: so that nobody's absence notice answers it.
    private MailMessage message(Letter letter) {
        // Accounts may have addresses from before this check.
        EmailAddresses.check("/email", letter.to());
        return new MailMessage()
                .setFrom(settings.from())
                .setTo(withAsciiHost(letter.to()))
                .setSubject(letter.subject())
                .setText(letter.body())
                .addHeader("Auto-Submitted", "auto-generated");
    }

    private static String withAsciiHost(String address) {
        int at = address.lastIndexOf('@');
        return address.substring(0, at + 1) + IDN.toASCII(address.substring(at + 1));
    }

    public Future<Void> close() {
        return client.close();
    }
}
