package io.parley.gateway.routes.batch;

import io.parley.gateway.contract.Operations;
import io.parley.gateway.contract.Request;
import io.parley.gateway.http.EntityTags;
import io.parley.gateway.routes.batch.BatchRequest.Change;
import io.parley.gateway.routes.batch.BatchRequest.Op;
import io.parley.gateway.routes.batch.BatchResult.Part;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.kernel.Resource;
import io.parley.kernel.Versions;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Makes several changes to resources of one kind, one after the other. Each is made or not by itself, and answered as if it had
 * been sent alone.
 */
final class Batch<T extends Record & Resource> {
    /** The bodies of an answer, together: it is stored for repetitions. */
    private static final int MAX_BYTES = 1024 * 1024;

    /** How each kind of change is asked for. */
    interface Changes<T> {
        /** The id of the operation that creates one. */
        String createId();

        Future<T> create(Request request, UUID id, Change change);

        Future<T> update(Request request, UUID id, Versions versions, Change change);

        Future<None> delete(Request request, UUID id, Versions versions);
    }

    private final Operations operations;
    private final String path;
    private final Changes<T> changes;

    /** @param path of the operation, for the log */
    Batch(Operations operations, String path, Changes<T> changes) {
        this.operations = operations;
        this.path = path;
        this.changes = changes;
    }

    Future<BatchResult> run(Request request) {
        var wanted = request.body(BatchRequest.class).operations();
        Future<List<Part>> done = Future.succeededFuture(new ArrayList<>());
        for (int at = 0; at < wanted.size(); at++) {
            var change = wanted.get(at);
            var newId = idOf(request.newId(), at);
            done = done.compose(parts -> part(request, newId, change).map(part -> added(parts, part)));
        }
        return done.map(BatchResult::new);
    }

    // Under an idempotency key, each attempt has the same ids.
    private static UUID idOf(UUID first, int at) {
        return new UUID(first.getMostSignificantBits(), first.getLeastSignificantBits() ^ at);
    }

    private Future<Part> part(Request request, UUID newId, Change change) {
        return Future.succeededFuture(change)
                .compose(each -> made(request, newId, each))
                .recover(failure -> Future.succeededFuture(Part.failed(request.problem(path, failure))));
    }

    private Future<Part> made(Request request, UUID newId, Change change) {
        if (change.op() == Op.CREATE) {
            if (change.id() != null) throw Problem.invalid("/id", "must not be sent with create");
            return changes.create(request, newId, change)
                    .map(made -> Part.of(201, operations.location(changes.createId(), made.id()), made));
        }
        if (change.id() == null) throw Problem.invalid("/id", "is required");
        var versions = change.ifMatch() == null ? Versions.ANY : EntityTags.versions("/if_match", change.ifMatch());
        return change.op() == Op.UPDATE
                ? changes.update(request, change.id(), versions, change).map(changed -> Part.of(200, null, changed))
                : changes.delete(request, change.id(), versions).map(deleted -> Part.done());
    }

    private static List<Part> added(List<Part> parts, Part part) {
        int before = parts.stream().mapToInt(Part::bytes).sum();
        parts.add(before + part.bytes() > MAX_BYTES ? part.withoutBody() : part);
        return parts;
    }
}
