DROP TABLE login_challenges;
DROP TABLE second_factors;
