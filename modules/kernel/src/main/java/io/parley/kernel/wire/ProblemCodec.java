package io.parley.kernel.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.parley.kernel.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes problems. They are exceptions, not records, and Vert.x looks up the codec of a failure by its class without
 * asking the codec selector.
 */
public final class ProblemCodec implements MessageCodec<Problem, Problem> {
    private static final ObjectMapper smile = WireFormat.mapper();

    private record Body(
            Problem.Kind kind, String detail, List<Problem.Fault> faults, Problem.@Nullable Excess excess) {}

    private final boolean alwaysEncoded;

    /** @param alwaysEncoded whether messages are encoded inside this process as well */
    public ProblemCodec(boolean alwaysEncoded) {
        this.alwaysEncoded = alwaysEncoded;
    }

    @Override
    public Problem transform(Problem problem) {
        if (!alwaysEncoded) return problem;
        var wire = Buffer.buffer();
        encodeToWire(wire, problem);
        return decodeFromWire(0, wire);
    }

    @Override
    public void encodeToWire(Buffer wire, Problem problem) {
        try {
            var body = new Body(
                    problem.kind(),
                    problem.detail(),
                    problem.faults(),
                    problem.excess().orElse(null));
            WireFormat.append(wire, smile.writeValueAsBytes(body));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public Problem decodeFromWire(int at, Buffer wire) {
        try {
            var body = smile.readValue(WireFormat.read(wire, at), Body.class);
            return new Problem(body.kind(), body.detail(), body.faults(), body.excess());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public String name() {
        return "problem";
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
