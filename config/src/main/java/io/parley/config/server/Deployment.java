package io.parley.config.server;

import io.parley.assistant.AssistantSettings;
import io.parley.assistant.AssistantVerticle;
import io.parley.changes.ChangesVerticle;
import io.parley.config.cluster.PeerVerticle;
import io.parley.config.settings.Settings;
import io.parley.contracts.Health;
import io.parley.conversations.ConversationsVerticle;
import io.parley.gateway.Gateway;
import io.parley.gateway.GatewaySettings;
import io.parley.gateway.health.HealthVerticle;
import io.parley.idempotency.IdempotencyVerticle;
import io.parley.kernel.Bus;
import io.parley.messages.MessagesVerticle;
import io.parley.retention.RetentionSettings;
import io.parley.retention.RetentionVerticle;
import io.parley.storage.Database;
import io.parley.tasks.TasksVerticle;
import io.parley.users.AdministratorsVerticle;
import io.parley.users.UsersVerticle;
import io.parley.users.keys.KeysetSettings;
import io.parley.users.signin.PasswordSettings;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which verticles run in this process, how many of each, and in which order: those that are asked come first. */
public final class Deployment {
    private static final Logger log = LoggerFactory.getLogger(Deployment.class);

    /** Longer than a statement and its way there and back may take, shorter than a request may. */
    private static final Duration BUS_TIMEOUT = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final Bus bus;
    private final Set<Role> roles;
    private final Settings.Instances instances;
    private final Resources running;

    /** @param roles what is left to other processes is left out here */
    public Deployment(Vertx vertx, Set<Role> roles, Settings.Instances instances, Resources running) {
        this.vertx = vertx;
        this.bus = new Bus(vertx, BUS_TIMEOUT);
        this.roles = roles;
        this.instances = instances;
        this.running = running;
    }

    /** Before anything answers that the others should know of. */
    void neighbours(String name) {
        deploy("the neighbours", 1, () -> new PeerVerticle(bus, name));
    }

    void modules(Database database, PasswordSettings passwords, KeysetSettings keys) {
        users(database, passwords, keys);
        trash(database);
    }

    public void users(Database database, PasswordSettings passwords, KeysetSettings keys) {
        deploy(Role.USERS, instances.users(), UsersVerticle.instances(vertx, bus, database, passwords, keys));
    }

    void assistant(Database database, AssistantSettings settings) {
        deploy(Role.ASSISTANT, instances.assistant(), () -> new AssistantVerticle(bus, database, settings));
    }

    /** All that have something to purge. */
    public void trash(Database database) {
        deploy(Role.CONVERSATIONS, instances.conversations(), () -> new ConversationsVerticle(bus, database));
        deploy(Role.MESSAGES, instances.messages(), () -> new MessagesVerticle(bus, database));
        deploy(Role.TASKS, instances.tasks(), () -> new TasksVerticle(bus, database));
        deploy(Role.IDEMPOTENCY, instances.idempotency(), () -> new IdempotencyVerticle(bus, database));
        deploy(Role.CHANGES, instances.changes(), () -> new ChangesVerticle(bus, database));
    }

    /** For the command line, where no server answers for users. */
    public void administrators(Database database) {
        deploy("administrators", 1, () -> new AdministratorsVerticle(bus, database));
    }

    public Bus bus() {
        return bus;
    }

    void retention(RetentionSettings retention) {
        deploy(Role.RETENTION, 1, () -> new RetentionVerticle(bus, retention));
    }

    /** Reads the contract of the API, which takes about as long as asking what there is to migrate. */
    Future<Gateway> prepare(GatewaySettings settings) {
        return vertx.executeBlocking(() -> new Gateway(vertx, bus, settings));
    }

    /** Comes last, for it lets requests in. Fails with {@link StartException} where it cannot listen. */
    void gateway(Gateway gateway, GatewaySettings settings) {
        var first = gateway.verticle();
        var verticles = Stream.concat(Stream.of(first), Stream.generate(gateway::verticle))
                .iterator();
        deployed("gateway", instances.gateway(), verticles::next)
                .recover(failure -> Future.failedFuture(cannotListen(settings.host(), settings.port(), failure)))
                .await();
        log.info("Listening on http://{}:{} and described at /docs there", settings.host(), first.port());
    }

    /** In the gateway's place where there is none: what watches the processes finds each of them alike. */
    HealthVerticle health(Settings.Http http) {
        var modules = Health.MODULES.stream().filter(this::isHere).toList();
        var health = new HealthVerticle(bus, http.host(), http.port(), modules);
        deployed("health", 1, () -> health)
                .recover(failure -> Future.failedFuture(cannotListen(http.host(), http.port(), failure)))
                .await();
        log.info("Listening on http://{}:{} for /health alone", http.host(), health.port());
        return health;
    }

    private boolean isHere(String module) {
        return roles.stream().anyMatch(role -> role.word().equals(module));
    }

    /** What the other nodes have asked is answered before that stops which answers. */
    void answers(Duration longest) {
        running.add(
                "The answers under way",
                () -> leave().timeout(longest.toMillis(), TimeUnit.MILLISECONDS).await());
    }

    /** From now on the other nodes ask this one nothing more. */
    Future<Void> leave() {
        return bus.leave();
    }

    private static StartException cannotListen(String host, int port, Throwable failure) {
        return new StartException("cannot listen on " + host + ":" + port + ": " + failure.getMessage(), failure);
    }

    private void deploy(Role role, int number, Supplier<? extends Deployable> verticle) {
        if (roles.contains(role)) deploy(role.word(), number, verticle);
    }

    private void deploy(String name, int number, Supplier<? extends Deployable> verticle) {
        deployed(name, number, verticle).await();
    }

    private Future<String> deployed(String name, int number, Supplier<? extends Deployable> verticle) {
        return vertx.deployVerticle(verticle, new DeploymentOptions().setInstances(number))
                .onSuccess(id -> running.add(
                        "The verticles of " + name, () -> vertx.undeploy(id).await()));
    }
}
