package io.parley.users.keys;

import static io.parley.testing.Fixtures.ada;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.ApiKey;
import io.parley.contracts.users.ApiKeys;
import io.parley.contracts.users.ApiKeys.ApiKeyDraft;
import io.parley.contracts.users.ApiKeys.ApiKeyPatch;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Secret;
import io.parley.kernel.Versions;
import io.parley.storage.Database;
import io.parley.storage.keys.KeysetSettings;
import io.parley.testing.Answers;
import io.parley.users.UsersSettings;
import io.parley.users.UsersVerticle;
import io.parley.users.limits.LimitSettings;
import io.parley.users.sessions.SessionSettings;
import io.parley.users.signin.PasswordSettings;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;

/** The users module, and provider keys of its users. */
record ApiKeysScene(Bus bus, Database database) {
    static final Secret KEY = new Secret("sk-live-0123456789abcdef");
    static final Secret OTHER_KEY = new Secret("sk-live-fedcba9876543210");

    static ApiKeysScene deploy(Vertx vertx, Bus bus, Database database, Path folder) {
        var keys = new KeysetSettings(null, folder.resolve("keyset.json"));
        Answers.of(vertx.deployVerticle(UsersVerticle.instances(
                        vertx,
                        bus,
                        database,
                        UsersSettings.open(
                                new PasswordSettings(1, 3, 8),
                                keys,
                                SessionSettings.withoutClients(),
                                LimitSettings.NONE))
                .get()));
        return new ApiKeysScene(bus, database);
    }

    ApiKey create(Caller caller, String provider, Secret key, String alias) {
        return Answers.of(bus.ask(
                ApiKeys.CREATE, new ApiKeys.Create(caller, new ApiKeyDraft(provider, key, alias), Origin.LOCAL)));
    }

    ApiKey find(ApiKey key) {
        return find(ada, key);
    }

    ApiKey find(Caller caller, ApiKey key) {
        return Answers.of(bus.ask(ApiKeys.FIND, new ApiKeys.Find(caller, key.id())));
    }

    List<ApiKey> list(Caller caller) {
        return Answers.of(bus.ask(ApiKeys.LIST, new ApiKeys.ListMine(caller, new PageRequest(null, 200, Order.ASC))))
                .items();
    }

    ApiKey update(ApiKey key, ApiKeyPatch patch) {
        return Answers.of(
                bus.ask(ApiKeys.UPDATE, new ApiKeys.Update(ada, key.id(), Versions.ANY, patch, Origin.LOCAL)));
    }

    Secret reveal(Caller caller, String provider) {
        return Answers.of(bus.ask(ApiKeys.REVEAL, new ApiKeys.Reveal(caller, provider)));
    }
}
