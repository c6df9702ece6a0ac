package io.parley.transfer.sources;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node of a conversation's tree. Exports link nodes upwards, downwards or both.
 *
 * @param parent the id of the node above it; null if the export does not say
 * @param isRoot whether the export says that there is none above it
 * @param children the ids of the nodes below it, as far as the export says
 * @param messages what was said there, one after the other; if empty, the node's children follow its parent
 * @param reasoning belongs to the next answer below it
 */
public record SourceNode(
        String id,
        @Nullable String parent,
        boolean isRoot,
        List<String> children,
        List<MessageBuilder> messages,
        @Nullable String reasoning,
        @Nullable Instant time) {}
