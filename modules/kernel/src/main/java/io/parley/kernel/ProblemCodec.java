package io.parley.kernel;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Carries problems. They are exceptions and not records, and the bus looks for the codec of a failure by its class
 * alone.
 */
final class ProblemCodec implements MessageCodec<Problem, Problem> {
    private static final ObjectMapper smile = WireForm.mapper();

    private record Body(Problem.Kind kind, String detail, List<Problem.Fault> faults) {}

    private final Bus.Form form;

    ProblemCodec(Bus.Form form) {
        this.form = form;
    }

    @Override
    public Problem transform(Problem problem) {
        if (form == Bus.Form.REFERENCE) return problem;
        var wire = Buffer.buffer();
        encodeToWire(wire, problem);
        return decodeFromWire(0, wire);
    }

    @Override
    public void encodeToWire(Buffer wire, Problem problem) {
        try {
            WireForm.append(
                    wire, smile.writeValueAsBytes(new Body(problem.kind(), problem.detail(), problem.faults())));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public Problem decodeFromWire(int at, Buffer wire) {
        try {
            var body = smile.readValue(WireForm.read(wire, at), Body.class);
            return new Problem(body.kind(), body.detail(), body.faults());
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
