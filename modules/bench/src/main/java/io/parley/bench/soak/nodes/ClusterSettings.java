package io.parley.bench.soak.nodes;

import io.parley.postgres.DatabaseUrl;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** The settings that all nodes of a cluster share, with new secrets. */
record ClusterSettings(Map<String, String> environment) {
    private static final SecureRandom RANDOM = new SecureRandom();

    static ClusterSettings of(DatabaseUrl database, String members, Map<String, String> more) {
        var all = new HashMap<>(more);
        all.put(
                "PARLEY_DATABASE_URL",
                database.toString().replace("@", ":" + database.password().value() + "@"));
        all.put("PARLEY_JWT_SECRET", secret());
        all.put("PARLEY_KEYS_KEYSET", keyset());
        all.put("PARLEY_CLUSTER_ENABLED", "true");
        all.put("PARLEY_CLUSTER_PASSWORD", secret());
        all.put("PARLEY_CLUSTER_MEMBERS", members);
        return new ClusterSettings(all);
    }

    private static String secret() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random());
    }

    private static byte[] random() {
        var bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    // Tink's JSON form of a keyset. The value is a protocol buffer (aes_gcm.proto): field 3, 32 bytes.
    private static String keyset() {
        var value = new byte[34];
        value[0] = 0x1a;
        value[1] = 32;
        System.arraycopy(random(), 0, value, 2, 32);
        var data = new JsonObject()
                .put("typeUrl", "type.googleapis.com/google.crypto.tink.AesGcmKey")
                .put("value", Base64.getEncoder().encodeToString(value))
                .put("keyMaterialType", "SYMMETRIC");
        var key = new JsonObject()
                .put("keyData", data)
                .put("status", "ENABLED")
                .put("keyId", 1)
                .put("outputPrefixType", "TINK");
        return new JsonObject()
                .put("primaryKeyId", 1)
                .put("key", new JsonArray().add(key))
                .encode();
    }
}
