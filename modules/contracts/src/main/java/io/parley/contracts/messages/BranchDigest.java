package io.parley.contracts.messages;

import io.parley.kernel.crypto.Sha256;
import java.nio.ByteBuffer;

/**
 * A fingerprint of some messages: their ids and contents. It does not depend on their order, so that messages can be added in
 * any. Whatever else of a message may change, such as its metadata or feedback, is not part of it.
 *
 * @param value of all messages, combined by exclusive or: the first 64 bits of the SHA-256 of the id, in lower case, followed
 *     by the content, in UTF-8
 */
public record BranchDigest(int messageCount, long value) {
    public static final BranchDigest EMPTY = new BranchDigest(0, 0);

    public BranchDigest plus(Message message) {
        var text = message.id().toString() + (message.content() == null ? "" : message.content());
        return plus(new BranchDigest(1, ByteBuffer.wrap(Sha256.of(text)).getLong()));
    }

    /** Of two sets without a common message. */
    public BranchDigest plus(BranchDigest other) {
        return new BranchDigest(messageCount + other.messageCount, value ^ other.value);
    }
}
