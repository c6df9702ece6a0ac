package io.parley.gateway.tls;

import io.parley.kernel.crypto.TlsCipherSuites;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate of a server, read again while the server runs. New connections get the new one; those that are open go on. All verticles
 * that share a port share one of these.
 */
public final class ServerTls {
    private static final Logger log = LoggerFactory.getLogger(ServerTls.class);

    /** Well below the 10 s that operators are promised. */
    private static final long CHECK_MILLIS = 2_000;

    private static final Set<String> PROTOCOLS = Set.of("TLSv1.2", "TLSv1.3");

    private final CertificateFiles files;
    private final long checkMillis;
    private final AtomicBoolean isFollowed = new AtomicBoolean();
    private KeyPair current;
    private @Nullable String lastFault;

    /** Blocks. Fails with {@link IllegalArgumentException} if the files cannot be used. */
    public ServerTls(CertificateFiles files) {
        this(files, CHECK_MILLIS);
    }

    ServerTls(CertificateFiles files, long checkMillis) {
        this.files = files;
        this.checkMillis = checkMillis;
        this.current = files.read();
    }

    /** The options of a server that speaks TLS only. */
    public synchronized HttpServerOptions configure(HttpServerOptions options) {
        TlsCipherSuites.RECOMMENDED.forEach(options::addEnabledCipherSuite);
        return options.setSsl(true)
                .setUseAlpn(true)
                .setEnabledSecureTransportProtocols(PROTOCOLS)
                .setKeyCertOptions(current.options());
    }

    /** Looks for renewed files as long as the calling verticle is deployed. Only the first call has an effect. */
    public void follow(Vertx vertx, HttpServer server, HttpServerOptions options) {
        if (!isFollowed.compareAndSet(false, true)) return;
        vertx.setPeriodic(
                checkMillis,
                tick -> vertx.executeBlocking(this::renewed).onSuccess(pair -> {
                    if (pair != null) use(pair, server, options);
                }));
    }

    /** Null if nothing has changed, or if what has changed cannot be used. */
    private synchronized @Nullable KeyPair renewed() {
        try {
            var pair = files.read();
            lastFault = null;
            if (pair.equals(current)) return null;
            current = pair;
            return pair;
        } catch (IllegalArgumentException unusable) {
            var fault = String.valueOf(unusable.getMessage());
            if (!fault.equals(lastFault)) log.warn("The renewed TLS certificate is not used: {}", fault);
            lastFault = fault;
            return null;
        }
    }

    private void use(KeyPair pair, HttpServer server, HttpServerOptions options) {
        var renewed = options.getSslOptions().copy().setKeyCertOptions(pair.options());
        server.updateSSLOptions(renewed)
                .onSuccess(updated -> log.info("New connections use the renewed TLS certificate"))
                .onFailure(failure -> log.warn("The renewed TLS certificate is not used: {}", failure.getMessage()));
    }
}
