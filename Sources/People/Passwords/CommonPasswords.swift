/// Passwords that are tried first, in lower case.
///
/// Words stand for themselves repeated and with any digits and signs. Those with digits stand for themselves only.
let commonPasswords: Set<String> = [
    // Words that people turn into passwords.
    "password", "passwort", "passwords", "passphrase", "passcode", "contrasena", "contraseña", "motdepasse", "admin",
    "administrator", "root", "superuser", "user", "username", "guest", "test", "testing", "temp", "temporary",
    "default", "login", "logon", "signin", "access", "secret", "changeme", "changeit", "changemenow", "letmein",
    "letmeinnow", "openup", "opensesame", "welcome", "welcomeback", "hello", "helloworld", "goodmorning",
    "whatever", "nothing", "trustno", "trustnoone", "iloveyou", "iloveyousomuch", "loveyou", "ilovemyself",
    "iloveme", "lovely", "forever", "princess", "prince", "sunshine", "rainbow", "flower", "butterfly",
    "monkey", "dragon", "tiger", "eagle", "dolphin", "chicken", "horse", "football", "baseball", "basketball",
    "soccer", "hockey", "liverpool", "chelsea", "arsenal", "barcelona", "realmadrid", "yankees", "superman",
    "batman", "spiderman", "pokemon", "starwars", "naruto", "minecraft", "master", "shadow", "killer", "ninja",
    "hunter", "ranger", "warrior", "mustang", "ferrari", "porsche", "mercedes", "corvette", "harley",
    "computer", "internet", "samsung", "google", "facebook", "microsoft", "windows", "summer", "winter",
    "spring", "autumn", "january", "february", "march", "april", "june", "july", "august", "september",
    "october", "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
    "sunday", "freedom", "jesus", "jesuschrist", "blessed", "michael", "jennifer", "jessica", "ashley",
    "daniel", "charlie", "thomas", "jordan", "company", "business", "callcenter", "callcentre", "contactcenter",
    "contactcentre", "customerservice", "collections", "creditcard", "bank", "banking", "money", "quality",
    "qualitymanager", "manager", "agent", "service",
    // Keys in a row, as letters between digits.
    "qwerty", "qwertz", "azerty", "qwertyuiop", "qwertyuiopasdfghjkl", "asdf", "asdfgh", "asdfghjkl", "zxcvbnm",
    "abc", "abcdef", "abcdefg",
    // Long ones that are known as wholes.
    "passwordpassword", "thisisapassword", "thisismypassword", "mypassword", "mypasswordis", "yourpassword",
    "newpassword", "oldpassword", "passwordsafe", "passwordsecure", "securepassword", "strongpassword",
    "averystrongpassword", "adminpassword", "adminadministrator", "rootpassword", "temporarypassword",
    "defaultpassword", "testpassword", "testtest", "notapassword", "nopassword", "idontknow",
    "iforgotmypassword", "forgotpassword", "correcthorsebatterystaple", "horsebatterystaple",
    "thequickbrownfox", "quickbrownfox", "tobeornottobe", "thequickbrownfoxjumpsoverthelazydog",
    "thequickbrownfoxjumps", "maytheforcebewithyou", "onceuponatime", "loremipsumdolor",
    "loremipsumdolorsitamet", "supercalifragilisticexpialidocious", "onetwothreefour", "onetwothreefourfive",
    "abcdefghijklmnopqrstuvwxyz", "letmeinplease", "pleaseletmein", "openthedoor", "3141592653589793",
    "314159265358979", "271828182845904", "2718281828459045", "112358132134558", "11235813213455",
    "147258369147258", "147258369147258369", "1a2b3c4d5e6f7g8h", "a1b2c3d4e5f6g7h8",
]
