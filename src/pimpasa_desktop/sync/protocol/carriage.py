"""How the bytes of an exchange travel over HTTP: the words that both ends must use alike."""

EXCHANGE_PATH = "/v1/exchange"
ENROL_PATH = "/v1/enrol"
BLOBS_PATH = "/v1/blobs"
MEDIA_TYPE = "application/vnd.pimpasa"
REFUSAL_MEDIA_TYPE = "application/vnd.pimpasa+json"
REFUSAL_FIELD = "sentence"  # of the JSON object in a refusal: for the person at the laptop
