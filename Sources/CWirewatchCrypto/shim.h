// SHA256_Init and its like are called deprecated in favour of EVP, which looks the algorithm up and allocates for each digest.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
