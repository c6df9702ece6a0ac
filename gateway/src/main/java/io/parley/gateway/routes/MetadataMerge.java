package io.parley.gateway.routes;

import io.parley.gateway.contract.Request;
import io.parley.json.JsonMembers;
import io.parley.kernel.Json;
import io.parley.kernel.Patch;
import io.parley.kernel.Resource;
import io.parley.kernel.Versions;
import io.parley.kernel.async.Contention;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Changes single keys of a resource's metadata, if the request asks for it with {@code metadata=merge}: reads them, and writes
 * them back unless somebody else has changed the resource in between.
 */
final class MetadataMerge {
    /** Whether the metadata of the patch are keys to change. */
    static boolean isWanted(Request request, Patch<Json> metadata) {
        return "merge".equals(request.query().text("metadata")) && metadata.value() != null;
    }

    /**
     * Fails stale unless the resource has one of the versions of the request; if it names none, it is attempted again.
     *
     * @param find reads the resource
     * @param current its metadata
     * @param update changes it to other metadata, if it has this version
     */
    static <T extends Resource> Future<T> run(
            Request request,
            Patch<Json> patch,
            Supplier<Future<T>> find,
            Function<T, Json> current,
            BiFunction<Versions, Patch<Json>, Future<T>> update) {
        var wanted = request.versions();
        return wanted.any()
                ? Contention.repeat(() -> attempt(wanted, patch, find, current, update))
                : attempt(wanted, patch, find, current, update);
    }

    private static <T extends Resource> Future<T> attempt(
            Versions wanted,
            Patch<Json> patch,
            Supplier<Future<T>> find,
            Function<T, Json> current,
            BiFunction<Versions, Patch<Json>, Future<T>> update) {
        return find.get()
                .compose(found -> update.apply(
                        wanted.any() ? Versions.of(found.updatedAt()) : both(wanted, found),
                        patch.map(changed -> JsonMembers.merged(current.apply(found), changed))));
    }

    // Of the versions that the caller names, only the one that was read may be changed.
    private static Versions both(Versions wanted, Resource found) {
        return wanted.listed().contains(found.updatedAt())
                ? Versions.of(found.updatedAt())
                : new Versions(false, List.of());
    }

    private MetadataMerge() {}
}
