package io.parley.testing.signin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A browser with an authenticator that holds one passkey (ES256): it answers options as {@code navigator.credentials} does, or in a way
 * that a server must refuse.
 */
public final class SoftwareAuthenticator {
    private static final ObjectMapper json = new ObjectMapper();
    private static final CBORMapper cbor = new CBORMapper();
    private static final int HAS_CREDENTIAL = 0x40;

    private final String origin;
    private final KeyPair keys;
    private final byte[] credentialId = new byte[32];
    private String userHandle = "";
    private String rpId = "localhost";
    private long counter;

    /** @param origin of the page, such as {@code http://localhost:8080} */
    public SoftwareAuthenticator(String origin) {
        this.origin = origin;
        new SecureRandom().nextBytes(credentialId);
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            this.keys = generator.generateKeyPair();
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Answers PublicKeyCredentialCreationOptionsJSON with RegistrationResponseJSON. */
    public String create(String options) {
        return create(options, plan -> plan);
    }

    /** @param change what is different from an honest answer */
    public String create(String options, UnaryOperator<Ceremony> change) {
        return create(options, change, Map.of());
    }

    /** @param key members of the COSE key that are different from an honest answer; null is left out */
    public String create(String options, Map<Integer, Object> key) {
        return create(options, plan -> plan, key);
    }

    private String create(String options, UnaryOperator<Ceremony> change, Map<Integer, Object> changedKey) {
        var publicKey = publicKey(changedKey);
        var asked = read(options);
        rpId = asked.at("/rp/id").asText();
        userHandle = asked.at("/user/id").asText();
        var plan = change.apply(plan("webauthn.create", asked));
        var credential = ByteBuffer.allocate(16 + 2 + credentialId.length + publicKey.length)
                .put(new byte[16])
                .putShort((short) credentialId.length)
                .put(credentialId)
                .put(publicKey)
                .array();
        var attestation = new LinkedHashMap<String, Object>();
        attestation.put("fmt", "none");
        attestation.put("attStmt", Map.of());
        attestation.put("authData", concatenated(plan.authenticatorData(HAS_CREDENTIAL), credential));
        var response = json.createObjectNode()
                .put("clientDataJSON", base64(plan.clientData()))
                .put("attestationObject", base64(written(attestation)));
        response.putArray("transports").add("internal").add("hybrid");
        return answer(response);
    }

    /** Answers PublicKeyCredentialRequestOptionsJSON with AuthenticationResponseJSON. */
    public String get(String options) {
        return get(options, plan -> plan);
    }

    /** @param change what is different from an honest answer */
    public String get(String options, UnaryOperator<Ceremony> change) {
        counter++;
        var plan = change.apply(plan("webauthn.get", read(options)));
        var signed = plan.authenticatorData(0);
        var signature = signature(concatenated(signed, sha256(plan.clientData())));
        if (plan.breaksSignature()) signature[signature.length - 1] ^= 1;
        var response = json.createObjectNode()
                .put("clientDataJSON", base64(plan.clientData()))
                .put("authenticatorData", base64(signed))
                .put("signature", base64(signature))
                .put("userHandle", plan.userHandle());
        return answer(response);
    }

    private Ceremony plan(String type, JsonNode options) {
        return new Ceremony(type, options.get("challenge").asText(), origin, rpId, 0x05, counter, userHandle, false);
    }

    private String answer(ObjectNode response) {
        var answer = json.createObjectNode()
                .put("id", base64(credentialId))
                .put("rawId", base64(credentialId))
                .put("type", "public-key")
                .put("authenticatorAttachment", "platform");
        answer.set("response", response);
        answer.putObject("clientExtensionResults");
        return answer.toString();
    }

    // COSE_Key (RFC 9053, 7.1.1).
    private byte[] publicKey(Map<Integer, Object> changed) {
        var point = ((ECPublicKey) keys.getPublic()).getW();
        var key = new LinkedHashMap<Integer, Object>();
        key.put(1, 2);
        key.put(3, -7);
        key.put(-1, 1);
        key.put(-2, coordinate(point.getAffineX().toByteArray()));
        key.put(-3, coordinate(point.getAffineY().toByteArray()));
        key.putAll(changed);
        key.values().removeIf(Objects::isNull);
        return CborKeys.written(key);
    }

    private static byte[] coordinate(byte[] number) {
        var coordinate = new byte[32];
        int length = Math.min(number.length, coordinate.length);
        System.arraycopy(number, number.length - length, coordinate, coordinate.length - length, length);
        return coordinate;
    }

    private byte[] signature(byte[] signed) {
        try {
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed);
            return signature.sign();
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static JsonNode read(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException failure) {
            throw new IllegalArgumentException(failure);
        }
    }

    private static byte[] written(Object value) {
        try {
            return cbor.writeValueAsBytes(value);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        var all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
