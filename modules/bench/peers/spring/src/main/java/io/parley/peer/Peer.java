package io.parley.peer;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The operations that {@code bench peers} measures, with Spring MVC and JDBC. */
@SpringBootApplication
public class Peer {
    public static void main(String[] arguments) {
        SpringApplication.run(Peer.class, arguments);
    }

    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
        return http.csrf(csrf -> csrf.disable())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .oauth2ResourceServer(server -> server.jwt(jwt -> {}))
                .build();
    }

    @Bean
    JwtDecoder tokens() {
        var key = new SecretKeySpec(System.getenv("JWT_KEY").getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        var decoder = NimbusJwtDecoder.withSecretKey(key).build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                JwtValidators.createDefaultWithIssuer("parley"),
                new JwtClaimValidator<List<String>>("aud", audiences -> audiences.contains("parley"))));
        return decoder;
    }
}

record Message(
        UUID id,
        UUID conversationId,
        UUID userId,
        UUID parentId,
        String role,
        String content,
        Integer tokenCount,
        String model,
        @JsonRawValue String toolCalls,
        @JsonRawValue String toolResults,
        @JsonRawValue String metadata,
        Instant createdAt,
        Instant updatedAt,
        Instant deletedAt) {
    static Message of(ResultSet row, int number) throws SQLException {
        return new Message(
                row.getObject("id", UUID.class),
                row.getObject("conversation_id", UUID.class),
                row.getObject("user_id", UUID.class),
                row.getObject("parent_id", UUID.class),
                row.getString("role"),
                row.getString("content"),
                row.getObject("token_count", Integer.class),
                row.getString("model"),
                row.getString("tool_calls"),
                row.getString("tool_results"),
                row.getString("metadata"),
                time(row, "created_at"),
                time(row, "updated_at"),
                time(row, "deleted_at"));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}

record Page(List<Message> items, String nextCursor) {}

record Draft(String role, String content) {}

@RestController
class Messages {
    private static final String COLUMNS = """
            m.id, m.conversation_id, m.user_id, m.parent_id, m.role, m.content, m.token_count, m.model, m.tool_calls,
            m.tool_results, m.metadata, m.created_at, m.updated_at, m.deleted_at
            """;

    private final JdbcClient database;

    Messages(JdbcClient database) {
        this.database = database;
    }

    @GetMapping("/api/v1/messages/{id}")
    Message find(@PathVariable UUID id, @AuthenticationPrincipal Jwt token) {
        return database.sql("SELECT " + COLUMNS + """
                  FROM messages m
                 WHERE m.id = :id AND m.user_id = :user AND m.deleted_at IS NULL
                   AND (SELECT true FROM live_conversations c WHERE c.id = m.conversation_id AND c.user_id = :user)
                """)
                .param("id", id)
                .param("user", user(token))
                .query(Message::of)
                .optional()
                .orElseThrow(Messages::notFound);
    }

    @GetMapping("/api/v1/conversations/{id}/messages")
    Page list(@PathVariable UUID id, @AuthenticationPrincipal Jwt token) {
        var items = database.sql("SELECT " + COLUMNS + """
                  FROM messages m
                 WHERE m.user_id = :user AND m.conversation_id = :id AND m.deleted_at IS NULL
                   AND (SELECT true FROM live_conversations c WHERE c.id = :id AND c.user_id = :user)
                 ORDER BY m.created_at ASC, m.id ASC LIMIT 50
                """)
                .param("id", id)
                .param("user", user(token))
                .query(Message::of)
                .list();
        return new Page(items, null);
    }

    @PostMapping("/api/v1/conversations/{id}/messages")
    @ResponseStatus(HttpStatus.CREATED)
    @Transactional
    Message create(@PathVariable UUID id, @RequestBody Draft draft, @AuthenticationPrincipal Jwt token) {
        var admitted = database.sql("""
                UPDATE conversations SET updated_at = next_version(updated_at, now())
                 WHERE id = :id AND user_id = :user AND deleted_at IS NULL
                """)
                .param("id", id)
                .param("user", user(token))
                .update();
        if (admitted == 0) throw notFound();
        return database.sql("""
                INSERT INTO messages AS m (id, conversation_id, user_id, role, content, metadata, created_at, updated_at)
                VALUES (gen_random_uuid(), :id, :user, :role, :content, '{}', now(), now())
                RETURNING
                """ + COLUMNS)
                .param("id", id)
                .param("user", user(token))
                .param("role", draft.role())
                .param("content", draft.content())
                .query(Message::of)
                .single();
    }

    private static UUID user(Jwt token) {
        return UUID.fromString(token.getSubject());
    }

    private static ResponseStatusException notFound() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
