package io.parley.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What is read of a document, in its order: a conversation's messages one by one, then the rest of it. */
sealed interface Item {
    /** The line, or the place in the array, counted from 1. */
    int line();

    /**
     * @param at its place among the messages, counted from 0
     * @param head what has been read of the rest so far
     */
    record Message(int line, int at, JsonNode json, ObjectNode head) implements Item {}

    /** @param head all that the line has besides its messages */
    record End(int line, ObjectNode head) implements Item {}

    /** Nothing more comes of this line. */
    record Broken(int line, String detail) implements Item {}
}
