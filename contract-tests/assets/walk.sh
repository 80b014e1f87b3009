# ---- what the walk below is made of ----

export LC_ALL=C
run=ct-walk-$(date +%s)-$$
digits=$(printf '%06d' $((($(date +%s) * 7 + $$) % 1000000)))

# A mock on this machine gives each walk a space of its own. No other server is asked whether it is one.
mock=
root=${base%%/_spaces/*}
case $base in
http://127.* | http://localhost* | 'http://[::1]'*)
  if curl -fsS -o /dev/null "$root/_mock/info" 2>/dev/null; then
    mock=yes base=$root/_spaces/$run
  fi
  ;;
esac

give_up() {
  printf 'the walk cannot be taken: %s\n' "$1" >&2
  exit 2
}

fault() { # STEP EXPECTED GOT
  printf 'THE FAULT SHOWS: %s\n  expected  %s\n  got       %s\n' "$1" "$2" "$3" >&2
  exit 1
}

# The token stays out of the list of processes.
credentials() { if [ -n "$1" ]; then printf '%s%s\n' "$header" "$1"; fi; }

exchange() { # TOKEN METHOD PATH [option of curl]…: the answer is in $status and $body
  local token=$1 method=$2 path=$3 answer
  shift 3
  answer=$(curl -sS -X "$method" -w '\n%{http_code}' -H @<(credentials "$token") "$@" "$base$path") ||
    give_up "$method $path was not answered"
  status=${answer##*$'\n'} body=${answer%$'\n'*}
}

ask() { # TOKEN METHOD PATH [KEY=VALUE]…
  local token=$1 method=$2 path=$3 pair pairs=(-G)
  shift 3
  for pair; do pairs+=(--data-urlencode "$pair"); done
  exchange "$token" "$method" "$path" "${pairs[@]}"
}

send() { # TOKEN METHOD PATH, and JSON on stdin
  exchange "$1" "$2" "$3" -H 'Content-Type: application/json' --data-binary @-
}

# JSON as lines of a path and a value; [ is the value of a list.
flat() {
  awk '
    function path(  i, text) { for (i = 1; i <= depth; i++) text = text "/" name[i]; return text }
    { text = text $0 "\n" }
    END {
      while (match(text, /"([^"\\]|\\.)*"|[-+.0-9A-Za-z]+|[][{},:]/)) {
        token = substr(text, RSTART, RLENGTH); text = substr(text, RSTART + RLENGTH)
        if (token == "{") { depth++; kind[depth] = token; name[depth] = ""; key = 1 }
        else if (token == "[") { print path() "\t["; depth++; kind[depth] = token; name[depth] = 0; key = 0 }
        else if (token == "}" || token == "]") { depth--; key = 0 }
        else if (token == ",") { if (kind[depth] == "[") name[depth]++; else key = 1 }
        else if (token == ":") key = 0
        else {
          if (token ~ /^"/) token = substr(token, 2, length(token) - 2)
          if (key) name[depth] = token; else print path() "\t" token
        }
      }
    }'
}

value() { # PATH…: the first of them that the answer has
  local wanted
  for wanted; do
    printf '%s' "$body" | flat | awk -F '\t' -v path="$wanted" '
      $1 == path && $2 != "[" && $2 != "null" && !seen { print $2; seen = 1 }'
  done | sed -n 1p
}

made() { # STEP: the id that the answer to a creation shows
  local id
  id=$(value /_id /id /data/id)
  [ -n "$id" ] || fault "$1" 'the id of what was made' "status $status: $body"
  printf '%s' "$id"
}

first() { # TOKEN PATH KEY=VALUE: the id of the first entry of a list
  local id tries=0
  while :; do
    ask "$1" GET "$2" "$3"
    id=$(value /_items/0/_id)
    if [ -n "$id" ]; then break; fi
    tries=$((tries + 1))
    if [ -n "$mock" ] || [ $tries -ge 10 ]; then give_up "$2 shows nothing where $3"; fi
    sleep 1
  done
  printf '%s' "$id"
}

shown() { # ROOTS FIELD…: a line for each entry of the list at the first of these roots; - is no value
  local roots=$1
  shift
  printf '%s' "$body" | flat | awk -F '\t' -v roots="$roots" -v fields="$*" '
    { path[NR] = $1; value[NR] = $2 }
    END {
      count = split(roots, root, "|"); wanted = split(fields, field, " ")
      for (r = 1; r <= count && !found; r++) for (n = 1; n <= NR; n++)
        if (path[n] == root[r] && value[n] == "[") { found = 1; at = root[r] "/" }
      if (!found) { print "(no list)"; exit }
      for (n = 1; n <= NR; n++) {
        if (index(path[n], at) != 1 || value[n] == "[" || value[n] == "null") continue
        inner = substr(path[n], length(at) + 1); entry = inner
        sub(/\/.*/, "", entry); inner = substr(inner, length(entry) + 1); gsub(/\/[0-9]+/, "/*", inner)
        if (entry + 1 > entries) entries = entry + 1
        for (f = 1; f <= wanted; f++) if (inner == "/" field[f] || (inner == "" && field[f] == "id"))
          had[entry, f] = had[entry, f] " " value[n]
      }
      for (e = 0; e < entries; e++) {
        line = ""
        for (f = 1; f < wanted; f++) line = line ((e, f) in had ? substr(had[e, f], 2) : "-") " "
        each = split((e, wanted) in had ? had[e, wanted] : "-", last, " ")
        for (l = 1; l <= each; l++) print line last[l]
      }
    }'
}

# Adds what every page of a list shows to $lines.
list() { # TOKEN PATH SIZE KEY=VALUE ROOTS FIELD…
  local token=$1 path=$2 size=$3 filter=$4 page=1 seen=0 total here further=
  shift 4
  while [ $page -le 100 ]; do
    ask "$token" GET "$path" ${filter:+"$filter"} ${size:+max_results="$size"} ${further:+page="$page"}
    lines+=$(shown "$@")$'\n'
    here=$(printf '%s' "$body" | flat | awk -F '\t' '$1 ~ /^\/_items\/[0-9]+\/_id$/' | wc -l)
    seen=$((seen + here)) total=$(value /_meta/total)
    if [ "$here" = 0 ] || [ $seen -ge "${total:-0}" ]; then return 0; fi
    page=$((page + 1)) further=yes
  done
}

admits() { # KIND of status
  case $1 in
  success) [[ $status == 2?? ]] ;;
  refused) [[ $status == 4?? && $status != 401 ]] ;;
  unfit) [[ $status == 4?? && $status != 40[13] ]] ;;
  *) [[ $status == "$1" ]] ;;
  esac
}

expect_status() { # STEP EXPECTED KIND[:CODE]…: one of them will do
  local step=$1 expected=$2 one code
  shift 2
  for one; do
    code=
    case $one in *:*) code=${one#*:} ;; esac
    if admits "${one%%:*}" && [[ $body == *"$code"* ]]; then return 0; fi
  done
  fault "$step" "$expected" "status $status: $body"
}

# Without the entries that have an id which is none of the walk's.
ours() { # KNOWN
  awk -v known="$1" '
    BEGIN { count = split(known, word, " "); for (n = 1; n <= count; n++) mine[word[n]] = 1 }
    {
      for (n = 1; n <= NF; n++)
        if (($n ~ /^[0-9]+$/ || (length($n) == 24 && $n !~ /[^0-9a-f]/)) && !($n in mine)) next
      print
    }'
}

expect_lines() { # STEP exact|ours sorted|ordered KNOWN, and the lines on stdin; the function look reads them
  local step=$1 extent=$2 order=$3 known=$4 expected got tries=0
  expected=$(grep . || :)
  [ "$order" = ordered ] || expected=$(printf '%s\n' "$expected" | sort)
  while :; do
    lines=
    look
    got=$(printf '%s' "$lines" | { grep . || :; })
    [ "$extent" = exact ] || got=$(printf '%s\n' "$got" | ours "$known")
    [ "$order" = ordered ] || got=$(printf '%s\n' "$got" | sort)
    if [ "$got" = "$expected" ]; then return 0; fi
    tries=$((tries + 1))
    # What was just made may take its time to show, but not on a mock.
    if [ -n "$mock" ] || [ $tries -ge 10 ]; then break; fi
    sleep 1
  done
  fault "$step" "${expected//$'\n'/, }" "${got//$'\n'/, }"
}

# ---- the walk ----