package io.parley.bench.soak;

import io.parley.bench.soak.checks.Check;
import io.parley.bench.soak.checks.ErrorLines;
import io.parley.bench.soak.checks.Reconciliation;
import io.parley.bench.soak.checks.Sampler;
import io.parley.bench.soak.checks.Verdict;
import io.parley.bench.soak.nodes.Disturbances;
import io.parley.bench.soak.nodes.Node;
import io.parley.bench.soak.nodes.NodeCluster;
import io.parley.bench.soak.nodes.Restarts;
import io.parley.bench.soak.traffic.Statistics;
import io.parley.bench.soak.traffic.Traffic;
import io.parley.bench.subject.Blocking;
import io.parley.bench.subject.Workspace;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.embedded.EmbeddedPostgres;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** One run: a PostgreSQL and nodes of its own, traffic, restarts, samples, and the comparison at the end. */
public final class SoakRun {
    private static final int POOL = 8;

    // Row-level security takes two more; a node that starts looks for migrations over one of its own.
    private static final int BESIDE_POOL = 3;

    private static final int USERS_WITH_WEBHOOKS = 5;

    private final SoakPlan plan;
    private final Vertx vertx;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Disturbances disturbances = new Disturbances();
    private final Statistics statistics = new Statistics(disturbances);

    public SoakRun(SoakPlan plan, Vertx vertx) {
        this.plan = plan;
        this.vertx = vertx;
    }

    /** Returns whether all checks passed, which it prints and writes. */
    public boolean run() throws IOException {
        Files.createDirectories(plan.out());
        Files.deleteIfExists(plan.out().resolve("samples.ndjson"));
        var verdict = new Verdict(plan.json());
        try (var workspace = Workspace.create();
                var postgres = EmbeddedPostgres.start(workspace.directory().resolve("data"));
                var cluster = cluster(postgres.url())) {
            for (var node : cluster.nodes()) Files.deleteIfExists(node.log());
            cluster.start();
            soak(cluster, postgres.url(), verdict);
            // What they log while they stop counts as well.
            cluster.stop();
            var errors = ErrorLines.of(cluster.nodes().stream().map(Node::log).toList());
            verdict.add(List.of(errors.check()), errors.examples());
        }
        verdict.print();
        verdict.write(plan.out().resolve("result.json"));
        return verdict.passed();
    }

    private NodeCluster cluster(DatabaseUrl database) {
        var model = Blocking.await(new ScriptedModel(vertx).listen());
        var settings = Map.of(
                "PARLEY_ASSISTANT_BASE_URL", "http://127.0.0.1:" + model.actualPort() + "/v1",
                "PARLEY_ASSISTANT_MODEL", "scripted",
                "PARLEY_DATABASE_POOL_SIZE", String.valueOf(POOL),
                "PARLEY_LIMITS_REGISTRATIONS", "",
                "PARLEY_RETENTION_INTERVAL", "20s",
                "PARLEY_RETENTION_TRASH_DAYS", "0",
                "PARLEY_WEBHOOKS_ALLOW_PRIVATE", "true");
        return new NodeCluster(plan.jar(), plan.nodes(), database, plan.out(), client, settings);
    }

    private void soak(NodeCluster cluster, DatabaseUrl database, Verdict verdict) {
        var traffic = new Traffic(cluster, client, statistics, plan.users(), plan.seed());
        traffic.register();
        var webhooks = new WebhookReceiver(vertx);
        var receiver = Blocking.await(webhooks.listen());
        traffic.addWebhooks(
                "http://127.0.0.1:" + receiver.actualPort() + "/", Math.min(plan.users(), USERS_WITH_WEBHOOKS));
        var sampler = Sampler.start(
                cluster, database, statistics, disturbances, plan.out().resolve("samples.ndjson"), plan.duration());
        var restarts = Restarts.every(plan.betweenRestarts(), cluster, disturbances);
        try (var streams = traffic.openStreams()) {
            traffic.run(plan.rate(), plan.duration());
            verdict.add(sampler.end(plan.nodes() * (POOL + BESIDE_POOL)), List.of());
            int restarted = restarts.end();
            System.out.printf(
                    "%d restarts, %d events on streams, %d webhooks, %d actions skipped because all users were busy%n",
                    restarted, streams.events(), webhooks.received(), traffic.skipped());
            verdict.add(
                    List.of(
                            atLeastOne("no restart", restarted),
                            atLeastOne("no event on a stream", streams.events()),
                            atLeastOne("no webhook", webhooks.received())),
                    List.of());
        }
        var reconciliation = new Reconciliation(traffic.listing());
        verdict.add(reconciliation.compare(traffic.accounts()), reconciliation.examples());
        System.out.println(reconciliation.compared() + " items compared");
        verdict.add(statistics);
    }

    private static Check atLeastOne(String missing, long number) {
        return new Check(missing, 0, number > 0 ? 0 : 1);
    }
}
