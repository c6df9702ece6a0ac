DROP TABLE role_limits;
DROP TABLE user_limits;
