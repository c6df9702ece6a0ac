package io.parley.webhooks;

import io.parley.contracts.Health;
import io.parley.contracts.Purge;
import io.parley.contracts.users.StoredSecrets;
import io.parley.contracts.webhooks.Webhooks;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.parley.kernel.outbound.OutboundHttp;
import io.parley.storage.Database;
import io.parley.webhooks.delivery.SigningSecrets;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers every request about webhooks. Only this module accesses their tables; a trigger of changes fills the one of deliveries. */
public final class WebhooksVerticle extends VerticleBase {
    private final Bus bus;
    private final Database database;
    private final WebhookSettings settings;
    private final Clock clock;
    private @Nullable OutboundHttp http;

    public WebhooksVerticle(Bus bus, Database database, WebhookSettings settings) {
        this(bus, database, settings, Clock.systemUTC());
    }

    WebhooksVerticle(Bus bus, Database database, WebhookSettings settings, Clock clock) {
        this.bus = bus;
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        var outbound = settings.open(vertx, "webhook-checks");
        http = outbound;
        var signing = new SigningSecrets(bus);
        var rules = new WebhookRules(database, signing, new ReceiverCheck(outbound, settings), clock);
        var secrets = new WebhookSecretStore(database);
        return Future.all(List.of(
                bus.answer(Webhooks.CREATE, rules::create),
                bus.answer(Webhooks.FIND, rules::find),
                bus.answer(Webhooks.LIST, rules::list),
                bus.answer(Webhooks.UPDATE, rules::update),
                bus.answer(Webhooks.DELETE, rules::delete),
                bus.answer(Webhooks.ROTATE_SECRET, rules::rotate),
                bus.answer(Webhooks.TEST, rules::test),
                bus.answer(Webhooks.ATTEMPTS, rules::attempts),
                bus.answer(StoredSecrets.PLACES, secrets::places),
                bus.answer(StoredSecrets.OUTDATED, secrets::outdated),
                bus.answer(StoredSecrets.REPLACE, secrets::replace),
                bus.answer(Purge.of("webhooks"), new WebhookPurge(database)::purge),
                bus.answer(Health.of("webhooks"), check -> database.ping().map(None.NONE))));
    }

    @Override
    public Future<?> stop() {
        return http == null ? Future.succeededFuture() : http.close();
    }
}
