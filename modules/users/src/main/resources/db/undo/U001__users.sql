DROP TABLE api_keys;
DROP TABLE ended_sessions;
DROP TABLE sessions;
DROP TABLE users;
