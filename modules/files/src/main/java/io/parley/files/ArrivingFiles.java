package io.parley.files;

import io.parley.contracts.files.Files;
import io.parley.contracts.files.Files.Begun;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.storage.quota.StorageNeed;
import io.parley.storage.quota.StorageQuota;
import io.vertx.core.Future;

/**
 * The rule that there must be room for a file. Room for all of it is kept when it begins, if its size is known: if several files that do not
 * all fit took room piece by piece, each would get some, and none would be stored.
 */
final class ArrivingFiles {
    private final StorageQuota quota;
    private final ArrivingFileStore store;
    private final ChunkStore chunks;

    ArrivingFiles(StorageQuota quota, ArrivingFileStore store, ChunkStore chunks) {
        this.quota = quota;
        this.store = store;
        this.chunks = chunks;
    }

    Future<Begun> begin(Files.Begin command) {
        return requireRoom(StorageNeed.rows(command.caller(), 1).and(command.name()))
                .compose(room -> store.begin(command))
                .compose(begun -> begun.existing() != null || command.keptRoom() == 0
                        ? Future.succeededFuture(begun)
                        : keepRoom(command).map(begun));
    }

    // Only after it has begun, because a file that the caller has already needs no room.
    private Future<None> keepRoom(Files.Begin command) {
        return requireRoom(new StorageNeed(command.caller().userId(), 0, command.keptRoom()))
                .compose(room -> store.keepRoom(command))
                .recover(failure -> store.abandon(new Files.Abandon(command.caller(), command.id()))
                        .transform(abandoned -> Future.failedFuture(failure)));
    }

    Future<None> append(Files.Append command) {
        return command.hasRoom()
                ? chunks.append(command)
                : requireRoom(new StorageNeed(command.caller().userId(), 0, command.data().length))
                        .compose(room -> chunks.append(command));
    }

    // Those whose node has died are looked for only when their room is missed.
    private Future<None> requireRoom(StorageNeed need) {
        return quota.require(need)
                .recover(failure -> isFull(failure)
                        ? store.removeAbandoned(need.userId())
                                .compose(removed -> removed > 0 ? quota.require(need) : Future.failedFuture(failure))
                        : Future.failedFuture(failure));
    }

    private static boolean isFull(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Problem.Kind.FULL;
    }
}
