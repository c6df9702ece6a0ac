package io.parley.config.server;

import io.parley.assistant.AssistantSettings;
import io.parley.assistant.AssistantVerticle;
import io.parley.audit.AuditSettings;
import io.parley.audit.AuditVerticle;
import io.parley.changes.ChangesVerticle;
import io.parley.config.cluster.PeerVerticle;
import io.parley.config.settings.InstanceSettings;
import io.parley.config.settings.operations.Role;
import io.parley.conversations.ConversationsVerticle;
import io.parley.files.FilesVerticle;
import io.parley.idempotency.IdempotencyVerticle;
import io.parley.kernel.Bus;
import io.parley.kernel.async.BytesInFlight;
import io.parley.messages.MessagesVerticle;
import io.parley.retention.RetentionSettings;
import io.parley.retention.RetentionVerticle;
import io.parley.storage.Database;
import io.parley.storage.replicas.Replicas;
import io.parley.storage.replicas.ReplicasVerticle;
import io.parley.tasks.TasksVerticle;
import io.parley.users.AdministratorsVerticle;
import io.parley.users.MailVerticle;
import io.parley.users.UsersSettings;
import io.parley.users.UsersVerticle;
import io.parley.users.mail.MailSettings;
import io.parley.webhooks.DeliveryVerticle;
import io.parley.webhooks.WebhookSettings;
import io.parley.webhooks.WebhooksVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Deploys the verticles of this process and leaves out those of other roles. Each method returns when its verticles
 * run, and adds them to the resources that are stopped in reverse order: deploy a verticle after those that answer its requests.
 */
public final class Deployment {
    /** Above a statement and its way there and back (5 s and 8 s), below a request (12 s). */
    private static final Duration BUS_TIMEOUT = Duration.ofSeconds(10);

    private final Vertx vertx;
    /** The part of the heap for files that models are sent. */
    private static final int SHARE_OF_FILES = 8;

    private final Bus bus;
    private final Set<Role> roles;
    private final InstanceSettings instances;
    private final Resources resources;

    public Deployment(Vertx vertx, Set<Role> roles, InstanceSettings instances, Resources resources) {
        this.vertx = vertx;
        this.bus = new Bus(vertx, BUS_TIMEOUT);
        this.roles = roles;
        this.instances = instances;
        this.resources = resources;
    }

    public Bus bus() {
        return bus;
    }

    /** Call it first, so that the other nodes learn of every address that is answered here. */
    void deployPeers(String node) {
        deploy("peers", 1, () -> new PeerVerticle(bus, node)).await();
    }

    void deployReplicas(Replicas replicas) {
        deploy("the replicas", 1, () -> new ReplicasVerticle(bus, replicas)).await();
    }

    public void deployUsers(Database database, UsersSettings settings) {
        deploy(Role.USERS, instances.users(), UsersVerticle.instances(vertx, bus, database, settings));
    }

    /** One instance is enough: mails are sent one after the other. */
    void deployMail(Database database, MailSettings settings) {
        deploy(Role.USERS, 1, () -> new MailVerticle(bus, database, settings));
    }

    /** Answers who is an administrator, for commands that need no keyset and so no {@link #deployUsers}. */
    public void deployAdministrators(Database database, boolean sendsMail) {
        deploy("administrators", 1, () -> new AdministratorsVerticle(bus, database, sendsMail))
                .await();
    }

    /** The modules that keep users' data. They are also those that answer a purge. */
    public void deployDataModules(Database database, WebhookSettings webhooks) {
        deploy(Role.CONVERSATIONS, instances.conversations(), () -> new ConversationsVerticle(bus, database));
        deploy(Role.MESSAGES, instances.messages(), () -> new MessagesVerticle(bus, database));
        deploy(Role.TASKS, instances.tasks(), () -> new TasksVerticle(bus, database));
        deploy(Role.FILES, instances.files(), () -> new FilesVerticle(bus, database));
        deploy(Role.IDEMPOTENCY, instances.idempotency(), () -> new IdempotencyVerticle(bus, database));
        deploy(Role.CHANGES, instances.changes(), () -> new ChangesVerticle(bus, database));
        deploy(Role.WEBHOOKS, 1, () -> new WebhooksVerticle(bus, database, webhooks));
    }

    /** One instance is enough, because other modules record their events themselves. */
    public void deployAudit(Database database, AuditSettings settings) {
        deploy(Role.AUDIT, 1, () -> new AuditVerticle(bus, database, settings));
    }

    /** One instance is enough, because it calls many receivers at once. */
    void deployDeliveries(Database database, WebhookSettings settings) {
        deploy(Role.WEBHOOKS, 1, () -> new DeliveryVerticle(bus, database, settings));
    }

    // After the modules that it asks. Some of them ask it as well, but only for requests over HTTP,
    // which is deployed last.
    void deployAssistant(Database database, AssistantSettings settings) {
        var files = new BytesInFlight(Runtime.getRuntime().maxMemory() / SHARE_OF_FILES);
        deploy(Role.ASSISTANT, instances.assistant(), () -> new AssistantVerticle(bus, database, settings, files));
    }

    void deployRetention(RetentionSettings settings) {
        deploy(Role.RETENTION, 1, () -> new RetentionVerticle(bus, settings));
    }

    private void deploy(Role role, int number, Supplier<? extends Deployable> verticle) {
        if (roles.contains(role)) deploy(role.roleName(), number, verticle).await();
    }

    Future<String> deploy(String name, int number, Supplier<? extends Deployable> verticle) {
        return vertx.deployVerticle(verticle, new DeploymentOptions().setInstances(number))
                .onSuccess(id -> resources.add(
                        "the verticles of " + name, () -> vertx.undeploy(id).await()));
    }

    /** Call it after the modules and before HTTP: on close, their answers to other nodes finish before they stop. */
    void finishAnswersOnClose(Duration timeout) {
        resources.add(
                "the answers in progress",
                () -> leaveCluster()
                        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                        .await());
    }

    /** From now on the other nodes send no requests to this one. Completes when the answers in progress are sent. */
    Future<Void> leaveCluster() {
        return bus.leave();
    }
}
