package io.parley.config.server;

import io.parley.assistant.AssistantVerticle;
import io.parley.config.backup.BackupSchedule;
import io.parley.config.backup.Backups;
import io.parley.config.cluster.ClusterMembership;
import io.parley.config.settings.Settings;
import io.parley.config.settings.operations.ClusterSettings;
import io.parley.config.settings.operations.Role;
import io.parley.config.telemetry.ServerMeters;
import io.parley.contracts.audit.SecurityEvent;
import io.parley.contracts.audit.SecurityEventType;
import io.parley.gateway.contract.Contract;
import io.parley.kernel.replicas.ReplicaReads;
import io.parley.postgres.DatabaseRole;
import io.parley.storage.Database;
import io.parley.storage.migration.Migrations;
import io.parley.storage.replicas.Replicas;
import io.parley.storage.sealing.UserKeyStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a server process in order and stops it in reverse order. */
public final class Server {
    private static final Logger log = LoggerFactory.getLogger(Server.class);

    private final Vertx vertx;
    private final Settings settings;
    private final Resources resources;
    private final ModuleSettings modules;
    private final ManagementPort management = new ManagementPort();
    private @Nullable Runnable stopReceiving;

    public Server(Vertx vertx, Settings settings, Resources resources) {
        this.vertx = vertx;
        this.settings = settings;
        this.resources = resources;
        this.modules = new ModuleSettings(settings);
    }

    /**
     * Never returns if the start succeeds: the process ends by a signal.
     *
     * @param afterStop runs before the process ends, if it was ready
     */
    public void run(Runnable afterStop) throws InterruptedException {
        var hook = SigtermHook.install(this::stop, settings.shutdown().limit(), () -> {
            if (stopReceiving != null) afterStop.run();
        });
        try {
            start();
        } catch (Throwable failure) {
            // A signal during the start can make it fail. Then the hook ends the process.
            if (hook.remove()) throw failure;
        }
        new CountDownLatch(1).await();
    }

    // Holds the lock to its end, so that a concurrent stop() finds everything that was started.
    private synchronized void start() {
        log.info("Starting with {}", HeapSettings.describe());
        HttpDeployment.requireFreePort(settings.http().host(), settings.http().port());
        settings.management().ifPresent(port -> HttpDeployment.requireFreePort(port.host(), port.port()));
        if (!settings.database().replicas().urls().isEmpty()) ReplicaReads.turnOn();
        var cluster = settings.cluster();
        var joined = cluster.enabled() ? joinCluster(cluster) : vertx;
        var deployment = new Deployment(joined, cluster.roles(), settings.instances(), resources);
        ServerMeters.build(version());
        settings.management().ifPresent(port -> management.open(port, deployment, cluster.roles(), resources));
        if (cluster.enabled()) deployment.deployPeers(cluster.host() + ":" + cluster.port());
        var http = new HttpDeployment(joined, deployment);
        var contract = cluster.has(Role.GATEWAY)
                ? Optional.of(http.readContract(settings.http().origin()))
                : Optional.<Future<Contract>>empty();
        var database = cluster.needsDatabase()
                ? Optional.of(DatabaseSetup.open(settings, resources))
                : Optional.<DatabaseSetup>empty();
        Runnable startModules = () -> {
            database.ifPresent(opened -> startModules(deployment, joined, opened));
            deployment.deployRetention(settings.retention());
            deployment.finishAnswersOnClose(settings.shutdown().timeout());
        };
        var reportNotReady = startHttp(http, contract, startModules);
        stopReceiving = () -> {
            reportNotReady.run();
            deployment.leaveCluster();
        };
        database.ifPresent(opened -> log.info("The database is at {}", opened.location()));
        HeapSettings.releaseStartMemory();
        HeapRoom.follow(vertx);
    }

    /**
     * Deploys what a start deploys, on a database that nobody has to answer for, so that a JVM can record the classes and lambdas of a start.
     * It may fail where a start needs its database.
     */
    public void rehearse() {
        var deployment = new Deployment(vertx, settings.cluster().roles(), settings.instances(), resources);
        var http = new HttpDeployment(vertx, deployment);
        var url = settings.database().url().orElseThrow();
        var connected = Database.connectSecured(
                vertx, url, url, settings.database().pool(), settings.database().pageBytes());
        resources.add("the database pool", () -> connected.close().await());
        var database = UserKeyStore.addKeys(vertx, connected, settings.keys());
        var contract = http.readContract(settings.http().origin());
        startHttp(http, Optional.of(contract), () -> deployModules(deployment, database));
    }

    private Vertx joinCluster(ClusterSettings cluster) {
        try {
            var joined = ClusterMembership.join(cluster);
            resources.add("the cluster membership", () -> joined.close().await());
            return joined;
        } catch (RuntimeException failure) {
            throw new StartException(
                    "cannot join the cluster at " + cluster.host() + ", ports " + cluster.port() + " and "
                            + cluster.busPort() + ": " + failure.getMessage(),
                    failure);
        }
    }

    private void startModules(Deployment deployment, Vertx joined, DatabaseSetup setup) {
        migrate(setup);
        var connected = DatabaseConnections.open(joined, setup, settings.database())
                .limitingSearches(settings.database().searchLimits());
        resources.add("the database pool", () -> connected.close().await());
        var database =
                UserKeyStore.addKeys(joined, withReplicas(deployment, joined, setup, connected), settings.keys());
        database.record(started()).await();
        setup.embedded().ifPresent(postgres -> {
            ServerMeters.embedded(postgres, settings.dataDir());
            ServerMeters.databaseSize(joined, database);
        });
        if (setup.embedded().isPresent() && !settings.cluster().enabled())
            AssistantVerticle.abandonTurns(database).await();
        deployModules(deployment, database);
        settings.backup().interval().ifPresent(interval -> scheduleBackups(setup, interval));
    }

    private void deployModules(Deployment deployment, Database database) {
        deployment.deployUsers(database, modules.users());
        var mail = settings.accounts().mail();
        if (mail != null) deployment.deployMail(database, mail);
        deployment.deployAudit(database, settings.audit());
        deployment.deployDataModules(database, settings.webhooks());
        deployment.deployDeliveries(database, settings.webhooks());
        deployment.deployAssistant(database, settings.assistant());
    }

    private Database withReplicas(Deployment deployment, Vertx joined, DatabaseSetup setup, Database database) {
        var wanted = settings.database().replicas();
        if (wanted.urls().isEmpty()) return database;
        var replicas = new Replicas(
                joined,
                deployment.bus(),
                setup.url(),
                settings.database().pool(),
                database.isSecured() ? DatabaseRole.APP : null,
                wanted);
        deployment.deployReplicas(replicas);
        return database.with(replicas);
    }

    private void scheduleBackups(DatabaseSetup setup, Duration interval) {
        var backup = settings.backup();
        resources.add(
                "the scheduled backups",
                BackupSchedule.start(
                        backup,
                        interval,
                        () -> Backups.writer(
                                setup.owner(),
                                settings,
                                true,
                                backup.passphrase().orElse(null))));
    }

    private void migrate(DatabaseSetup setup) {
        long startedAt = System.nanoTime();
        var migrations = new Migrations(setup.owner(), settings.database().search());
        migrations.migrate();
        var took = Duration.ofNanos(System.nanoTime() - startedAt);
        if (settings.management().isEmpty()) return;
        var versions = migrations.status();
        ServerMeters.schema(versions.get(versions.size() - 1).version(), took);
    }

    private SecurityEvent started() {
        return SecurityEvent.of(SecurityEventType.SERVER_STARTED)
                .with("version", version())
                .with("settings", settings.changed());
    }

    /** Of this build. */
    public static String version() {
        var version = Server.class.getPackage().getImplementationVersion();
        return Objects.requireNonNullElse(version, "development build");
    }

    /** Returns what makes the health check report that this process is not ready. */
    private Runnable startHttp(HttpDeployment http, Optional<Future<Contract>> contract, Runnable startModules) {
        if (contract.isEmpty()) {
            startModules.run();
            var health = http.deployHealth(settings.http(), settings.cluster().roles());
            management.readyWhile(health::isOpen);
            return health::drain;
        }
        var gatewaySettings = modules.gateway();
        var creating = http.createGateway(gatewaySettings, contract.get());
        startModules.run();
        var gateway = creating.await();
        http.deployGateway(gateway, gatewaySettings, settings.instances().gateway());
        management.readyWhile(gateway::isOpen);
        return gateway::drain;
    }

    private synchronized void stop() {
        log.info("Stopping");
        if (stopReceiving != null) drain(stopReceiving);
        resources.close();
        log.info("Stopped");
    }

    // Load balancers poll readiness and send requests here until they notice.
    private void drain(Runnable stopReceiving) {
        stopReceiving.run();
        try {
            Thread.sleep(settings.shutdown().drain().toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
