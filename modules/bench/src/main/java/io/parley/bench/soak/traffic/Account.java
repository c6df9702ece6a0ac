package io.parley.bench.soak.traffic;

import java.net.http.HttpRequest;
import java.util.Random;

/** A user. Does one thing at a time. */
public final class Account {
    private static final long FRESH_NANOS = 300_000_000_000L;

    private final String email;
    private final Ledger ledger = new Ledger();
    private final Random random;
    private volatile String accessToken = "";
    private String refreshToken = "";
    private long signedInAt;

    /** The conversation with the assistant; empty if there is none. */
    private String chat = "";

    Account(int number, long seed) {
        email = "user" + number + "@example.org";
        random = new Random(seed * 31 + number);
    }

    String email() {
        return email;
    }

    public Ledger ledger() {
        return ledger;
    }

    Random random() {
        return random;
    }

    String chat() {
        return chat;
    }

    void chatIn(String conversation) {
        chat = conversation;
    }

    void authorize(HttpRequest.Builder request) {
        if (!accessToken.isEmpty()) request.header("Authorization", "Bearer " + accessToken);
    }

    String refreshToken() {
        return refreshToken;
    }

    /** Whether the access token, which is valid for 15 minutes, is younger than five. */
    boolean isFresh() {
        return System.nanoTime() - signedInAt < FRESH_NANOS;
    }

    void signedIn(Answer tokens) {
        var json = tokens.json();
        accessToken = json.getString("access_token");
        refreshToken = json.getString("refresh_token");
        signedInAt = System.nanoTime();
    }
}
