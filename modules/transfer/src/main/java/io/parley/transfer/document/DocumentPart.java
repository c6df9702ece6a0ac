package io.parley.transfer.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.kernel.Problem;

/** A part of a document, in document order: the messages of a conversation one by one, then the end of its line. */
public sealed interface DocumentPart {
    /** The line, or the position in the array, counted from 1. */
    int line();

    /**
     * @param index among the line's messages, counted from 0
     * @param head the line's other fields as far as they were read
     * @param bytes of the message in the document
     * @param repairs how many texts had a NUL character or an unpaired surrogate, since the last part
     */
    record Message(int line, int index, JsonNode json, ObjectNode head, int bytes, int repairs)
            implements DocumentPart {}

    /**
     * @param head all fields of the line except its messages
     * @param hasMessages whether it has a list of messages, which may be empty
     * @param repairs as in {@link Message}
     */
    record End(int line, ObjectNode head, boolean hasMessages, int repairs) implements DocumentPart {}

    /**
     * The line cannot be read. No {@link End} of it follows.
     *
     * @param problem always invalid, pointing into the line
     */
    record Invalid(int line, Problem problem) implements DocumentPart {}
}
