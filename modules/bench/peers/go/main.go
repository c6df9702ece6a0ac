// The operations that `bench peers` measures, as a Go server with net/http and pgx.
package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"log"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

const columns = `
SELECT m.id::text, m.conversation_id::text, m.user_id::text, m.parent_id::text, m.role, m.content, m.token_count, m.model,
       m.tool_calls, m.tool_results, m.metadata, m.created_at, m.updated_at, m.deleted_at
  FROM messages m
`

const find = columns + `
 WHERE m.id = $1 AND m.user_id = $2 AND m.deleted_at IS NULL
   AND (SELECT true FROM live_conversations c WHERE c.id = m.conversation_id AND c.user_id = $2)
`

const page = columns + `
 WHERE m.user_id = $1 AND m.conversation_id = $2 AND m.deleted_at IS NULL
   AND (SELECT true FROM live_conversations c WHERE c.id = $2 AND c.user_id = $1)
 ORDER BY m.created_at ASC, m.id ASC LIMIT $3
`

const admit = `
UPDATE conversations SET updated_at = next_version(updated_at, now())
 WHERE id = $1 AND user_id = $2 AND deleted_at IS NULL
`

const insert = `
INSERT INTO messages AS m (id, conversation_id, user_id, role, content, metadata, created_at, updated_at)
VALUES (gen_random_uuid(), $1, $2, $3, $4, '{}', now(), now())
RETURNING m.id::text, m.conversation_id::text, m.user_id::text, m.parent_id::text, m.role, m.content, m.token_count, m.model,
          m.tool_calls, m.tool_results, m.metadata, m.created_at, m.updated_at, m.deleted_at
`

type message struct {
	ID             string          `json:"id"`
	ConversationID string          `json:"conversation_id"`
	UserID         string          `json:"user_id"`
	ParentID       *string         `json:"parent_id"`
	Role           string          `json:"role"`
	Content        *string         `json:"content"`
	TokenCount     *int            `json:"token_count"`
	Model          *string         `json:"model"`
	ToolCalls      json.RawMessage `json:"tool_calls"`
	ToolResults    json.RawMessage `json:"tool_results"`
	Metadata       json.RawMessage `json:"metadata"`
	CreatedAt      time.Time       `json:"created_at"`
	UpdatedAt      time.Time       `json:"updated_at"`
	DeletedAt      *time.Time      `json:"deleted_at"`
}

type messages struct {
	Items      []message `json:"items"`
	NextCursor *string   `json:"next_cursor"`
}

type draft struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

type server struct {
	pool *pgxpool.Pool
	key  []byte
}

func main() {
	config, err := pgxpool.ParseConfig("") // PGHOST and the like
	if err != nil {
		log.Fatal(err)
	}
	config.MaxConns = 8
	pool, err := pgxpool.NewWithConfig(context.Background(), config)
	if err != nil {
		log.Fatal(err)
	}
	s := server{pool, []byte(os.Getenv("JWT_KEY"))}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/v1/messages/{id}", s.signedIn(s.findMessage))
	mux.HandleFunc("GET /api/v1/conversations/{id}/messages", s.signedIn(s.listMessages))
	mux.HandleFunc("POST /api/v1/conversations/{id}/messages", s.signedIn(s.createMessage))
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), mux))
}

func (s server) signedIn(next func(http.ResponseWriter, *http.Request, string)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		user, ok := s.user(token)
		if !ok {
			http.Error(w, "Unauthorized", http.StatusUnauthorized)
			return
		}
		next(w, r, user)
	}
}

// Checks a token of HS256 (RFC 7519) and returns its subject.
func (s server) user(token string) (string, bool) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return "", false
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil {
		return "", false
	}
	mac := hmac.New(sha256.New, s.key)
	mac.Write([]byte(parts[0] + "." + parts[1]))
	if !hmac.Equal(mac.Sum(nil), signature) {
		return "", false
	}
	var header struct{ Alg string }
	var claims struct {
		Iss, Aud, Sub string
		Exp           int64
	}
	if !decode(parts[0], &header) || !decode(parts[1], &claims) {
		return "", false
	}
	valid := header.Alg == "HS256" && claims.Iss == "parley" && claims.Aud == "parley" && claims.Exp > time.Now().Unix()
	return claims.Sub, valid
}

func decode(part string, into any) bool {
	text, err := base64.RawURLEncoding.DecodeString(part)
	return err == nil && json.Unmarshal(text, into) == nil
}

func (s server) findMessage(w http.ResponseWriter, r *http.Request, user string) {
	found, err := scan(s.pool.QueryRow(r.Context(), find, r.PathValue("id"), user))
	answer(w, http.StatusOK, found, err)
}

func (s server) listMessages(w http.ResponseWriter, r *http.Request, user string) {
	rows, err := s.pool.Query(r.Context(), page, user, r.PathValue("id"), 50)
	if err != nil {
		answer(w, 0, nil, err)
		return
	}
	items, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (message, error) { return scan(row) })
	answer(w, http.StatusOK, messages{Items: items}, err)
}

func (s server) createMessage(w http.ResponseWriter, r *http.Request, user string) {
	var body draft
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&body); err != nil {
		http.Error(w, "Bad Request", http.StatusBadRequest)
		return
	}
	var created message
	err := pgx.BeginFunc(r.Context(), s.pool, func(tx pgx.Tx) error {
		tag, err := tx.Exec(r.Context(), admit, r.PathValue("id"), user)
		if err == nil && tag.RowsAffected() == 0 {
			err = pgx.ErrNoRows
		}
		if err != nil {
			return err
		}
		created, err = scan(tx.QueryRow(r.Context(), insert, r.PathValue("id"), user, body.Role, body.Content))
		return err
	})
	answer(w, http.StatusCreated, created, err)
}

func scan(row pgx.Row) (message, error) {
	var m message
	err := row.Scan(&m.ID, &m.ConversationID, &m.UserID, &m.ParentID, &m.Role, &m.Content, &m.TokenCount, &m.Model,
		&m.ToolCalls, &m.ToolResults, &m.Metadata, &m.CreatedAt, &m.UpdatedAt, &m.DeletedAt)
	return m, err
}

func answer(w http.ResponseWriter, status int, body any, err error) {
	if errors.Is(err, pgx.ErrNoRows) {
		http.Error(w, "Not Found", http.StatusNotFound)
		return
	}
	if err != nil {
		log.Print(err)
		http.Error(w, "Internal Server Error", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
