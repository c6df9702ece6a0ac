package io.parley.transfer.sources;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** How one product exports a conversation. */
public interface Format {
    /** Whether the line is a conversation of this product. */
    boolean recognises(ObjectNode line);

    /** Fails invalid, pointing into the line, if it cannot be read. Takes up to a second, so not on an event loop. */
    SourceConversation read(ObjectNode line);
}
