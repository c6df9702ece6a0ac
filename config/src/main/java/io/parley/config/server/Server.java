package io.parley.config.server;

import io.parley.config.cluster.ClusterMembership;
import io.parley.config.cluster.ClusterSettings;
import io.parley.config.settings.Settings;
import io.parley.gateway.GatewaySettings;
import io.parley.gateway.auth.TokenSettings;
import io.parley.kernel.Secret;
import io.parley.storage.Database;
import io.parley.storage.migration.Migrations;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that serves: what it runs is started in order and stopped in reverse. */
public final class Server {
    private static final Logger log = LoggerFactory.getLogger(Server.class);

    /** A token that got lost is of use for no longer; clients renew theirs with a refresh token. */
    private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(15);

    private final Vertx vertx;
    private final Settings settings;
    private final Resources running;
    private @Nullable Runnable drain;

    public Server(Vertx vertx, Settings settings, Resources running) {
        this.vertx = vertx;
        this.settings = settings;
        this.running = running;
    }

    /** Returns only with the end of the process; fails where it cannot start. */
    public void run() throws InterruptedException {
        var termination = SigtermHook.by(this::stop, settings.shutdown().longest());
        try {
            start();
        } catch (Throwable failure) {
            // A start that breaks off because it was told to end is not a failure: the termination goes on with it.
            if (termination.forget()) throw failure;
        }
        new CountDownLatch(1).await();
    }

    // Keeps the lock to its end, so that a stop meanwhile finds all there is to stop.
    private synchronized void start() {
        var cluster = settings.cluster();
        var joined = cluster.enabled() ? join(cluster) : vertx;
        var deployment = new Deployment(joined, cluster.roles(), settings.instances(), running);
        if (cluster.enabled()) deployment.neighbours(cluster.host() + ":" + cluster.port());
        var storage = cluster.needsDatabase()
                ? Optional.of(DatabaseSetup.open(settings, running))
                : Optional.<DatabaseSetup>empty();
        Runnable work = () -> {
            storage.ifPresent(opened -> modules(deployment, joined, opened));
            deployment.retention(settings.retention());
        };
        var unready = cluster.has(Role.GATEWAY) ? gateway(deployment, work) : health(deployment, work);
        drain = () -> {
            unready.run();
            deployment.leave();
        };
        storage.ifPresent(opened -> log.info("The data lies in {}", opened.place()));
        HeapSettings.settle();
    }

    private Vertx join(ClusterSettings cluster) {
        var joined = ClusterMembership.join(cluster);
        running.add("The cluster", () -> joined.close().await());
        return joined;
    }

    private Runnable gateway(Deployment deployment, Runnable work) {
        var http = gatewaySettings(signingKey());
        var prepared = deployment.prepare(http);
        work.run();
        var gateway = prepared.await();
        deployment.answers(settings.shutdown().timeout());
        deployment.gateway(gateway, http);
        return gateway::drain;
    }

    private Runnable health(Deployment deployment, Runnable work) {
        work.run();
        deployment.answers(settings.shutdown().timeout());
        return deployment.health(settings.http())::drain;
    }

    private void modules(Deployment deployment, Vertx joined, DatabaseSetup storage) {
        new Migrations(storage.url(), settings.search()).migrate();
        var database =
                Database.connect(joined, storage.url(), settings.database().pool());
        running.add("The pool of connections", () -> database.close().await());
        deployment.modules(database, settings.passwords(), settings.keys());
        deployment.assistant(database, settings.assistant());
    }

    private Secret signingKey() {
        return settings.jwt().secret().orElseGet(() -> SigningKey.in(settings.dataDir()));
    }

    private GatewaySettings gatewaySettings(Secret key) {
        var http = settings.http();
        return new GatewaySettings(
                http.host(),
                http.port(),
                http.requestTimeout(),
                http.receiveTimeout(),
                http.idleTimeout(),
                settings.shutdown().timeout(),
                new TokenSettings(key, settings.jwt().issuer(), settings.jwt().audience(), TOKEN_LIFETIME));
    }

    private synchronized void stop() {
        log.info("Stopping");
        if (drain != null) drain(drain);
        running.close();
        log.info("Stopped");
    }

    // Load balancers look every so often, and until then go on sending requests here.
    private void drain(Runnable notReady) {
        notReady.run();
        try {
            Thread.sleep(settings.shutdown().drain().toMillis());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
