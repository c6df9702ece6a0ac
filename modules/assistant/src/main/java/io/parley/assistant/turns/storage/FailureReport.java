package io.parley.assistant.turns.storage;

import io.parley.assistant.models.ModelFailure;
import io.parley.kernel.Problem;

/** Why a turn failed, as problem details (RFC 9457). */
public record FailureReport(String type, String title, int status, String detail) {
    public static FailureReport of(Throwable failure) {
        if (failure instanceof ModelFailure model) return of(status(model.kind()), String.valueOf(model.getMessage()));
        if (failure instanceof Problem problem && problem.kind() != Problem.Kind.INTERNAL)
            return of(503, problem.detail());
        return of(500, "Something went wrong on the server.");
    }

    public static FailureReport ofDeadNode() {
        return of(new ModelFailure(ModelFailure.Kind.SERVER_ENDED));
    }

    private static FailureReport of(int status, String detail) {
        return new FailureReport("about:blank", title(status), status, detail);
    }

    private static int status(ModelFailure.Kind kind) {
        return switch (kind) {
            case OVERLOADED, SERVER_ENDED -> 503;
            case TIMED_OUT -> 504;
            default -> 502;
        };
    }

    private static String title(int status) {
        return switch (status) {
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            default -> "Internal Server Error";
        };
    }
}
