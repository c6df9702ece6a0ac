package io.parley.gateway.ui;

import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.Turn.Status;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.gateway.streams.EventStreamReader;
import io.parley.gateway.streams.SseWriter;
import io.parley.gateway.streams.TurnEventStream;
import io.parley.gateway.streams.TurnFollower;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a turn as a UI message stream. */
record UiStream(Turn turn) implements TurnEventStream.Format {
    @Override
    public TurnFollower.Reader reader(SseWriter writer) {
        return new Reader(turn, writer);
    }

    @Override
    public Map<String, String> headers() {
        return Map.of("x-vercel-ai-ui-message-stream", "v1");
    }

    private static final class Reader implements EventStreamReader {
        private final SseWriter writer;
        private final UiChunks chunks;
        private final boolean isOver;
        private boolean hasBegun;
        private boolean hasEnded;

        Reader(Turn turn, SseWriter writer) {
            this.isOver = turn.status() != Status.RUNNING;
            this.writer = writer;
            this.chunks = new UiChunks(turn, chunk -> writer.data(chunk.toString()));
        }

        @Override
        public SseWriter writer() {
            return writer;
        }

        @Override
        public void take(TurnEvent event) {
            chunks.read(event);
            hasBegun = true;
            hasEnded = event.type().isLast();
        }

        @Override
        public void end(@Nullable Throwable failure) {
            if (failure == null && isOver && !hasBegun) {
                chunks.forgotten();
                hasEnded = true;
            }
            if (hasEnded) writer.data("[DONE]");
            writer.end(failure);
        }
    }
}
