package io.parley.webhooks;

import io.parley.kernel.Bus;
import io.parley.kernel.outbound.OutboundHttp;
import io.parley.storage.Database;
import io.parley.webhooks.delivery.Dispatcher;
import io.parley.webhooks.delivery.Sender;
import io.parley.webhooks.delivery.Session;
import io.parley.webhooks.delivery.SigningSecrets;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Calls webhooks. One instance in a process is enough; every node may have one. */
public final class DeliveryVerticle extends VerticleBase {
    /** One small statement each time; what is due waits half of it on average. */
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(500);

    private final Bus bus;
    private final Database database;
    private final WebhookSettings settings;
    private final Clock clock;
    private @Nullable OutboundHttp http;
    private @Nullable Dispatcher dispatcher;

    public DeliveryVerticle(Bus bus, Database database, WebhookSettings settings) {
        this(bus, database, settings, Clock.systemUTC());
    }

    DeliveryVerticle(Bus bus, Database database, WebhookSettings settings, Clock clock) {
        this.bus = bus;
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        var outbound = settings.open(vertx, "webhooks");
        var sender = new Sender(outbound, settings.allowPrivate(), clock);
        var session = new Session(bus, database, new SigningSecrets(bus), sender, clock);
        var dispatching = new Dispatcher(database, session, clock);
        http = outbound;
        dispatcher = dispatching;
        vertx.setPeriodic(LOOK_INTERVAL.toMillis(), timer -> dispatching.look());
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        var stopping = dispatcher == null ? Future.<Void>succeededFuture() : dispatcher.stop();
        var closing = http == null ? Future.<Void>succeededFuture() : http.close();
        return Future.join(stopping, closing);
    }
}
