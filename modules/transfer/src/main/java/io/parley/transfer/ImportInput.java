package io.parley.transfer;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** What is imported, in pieces. */
interface ImportInput {
    /** Succeeds when everything that this chunk completes is stored. Fails only if nothing more can be imported. */
    Future<Void> take(Buffer chunk);

    /** Call after the last chunk. Fails as {@link #take} does. */
    Future<Void> finish();

    /** Removes what was stored of a line that is not complete, and whatever else is left. */
    Future<Void> abandon();
}
